import { VERDICTS } from '../../server/engine/experiments/pays.ts';
import type {
  GroupUplift as GroupUpliftShape,
  QiniPoint as QiniPointShape,
  Qini as QiniShape,
  Uplift as UpliftShape,
} from '../../server/engine/experiments/result-types.ts';
import { builder } from '../builder.ts';
import { described } from '../described.ts';
import { CampaignMetric } from './campaign-enums.ts';
import { Estimate } from './estimate.ts';

const reading = { scope: 'campaigns:read' } as const;

export const UpliftVerdict = builder.enumType('UpliftVerdict', {
  description: 'Whether a message adds more than it costs.',
  values: described(VERDICTS, {
    TARGET: 'The probability is 90% or more: send it.',
    UNSURE: 'The probability is between 10% and 90%: test further.',
    LEAVE_ALONE: 'The probability is 10% or less: do not send it.',
  }),
});

const GroupUplift = builder.objectRef<GroupUpliftShape>('GroupUplift').implement({
  description: 'Uplift of a variant in one group: its effect per customer.',
  authScopes: reading,
  fields: (t) => ({
    group: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'Values of the requested dimensions, in their order. Null where a value is unknown.',
      resolve: ({ group }) => [...group],
    }),
    customers: t.exposeInt('customers', {
      description: 'Number of customers in the variant and the control group together.',
    }),
    measured: t.expose('measured', {
      type: Estimate,
      nullable: true,
      description:
        'Uplift measured in the group alone, in the unit of the metric. Null with fewer than two customers in the variant or the control group.',
    }),
    shrunken: t.expose('shrunken', {
      type: Estimate,
      description:
        'Uplift shrunk towards the mean of all groups, the more the groups agree, in the unit of the metric. Decide by this one.',
    }),
    probabilityPays: t.exposeFloat('probabilityPays', {
      description:
        'Probability that the variant adds more than the message costs, 0 to 1. For CLICK, CONVERSION and ORDERS, the probability that it adds anything.',
    }),
    verdict: t.expose('verdict', { type: UpliftVerdict, description: 'What to do with the group next time.' }),
  }),
});

const QiniPoint = builder.objectRef<QiniPointShape>('QiniPoint').implement({
  description: 'Point of the Qini curve.',
  authScopes: reading,
  fields: (t) => ({
    share: t.exposeFloat('share', {
      description: 'Share of customers who are sent the message, best groups first, 0 to 1.',
    }),
    gain: t.exposeFloat('gain', {
      description: 'Uplift of that, per customer of the whole audience, in the unit of the metric.',
    }),
    random: t.exposeFloat('random', { description: 'Uplift of sending the message to the same share at random.' }),
  }),
});

const Qini = builder.objectRef<QiniShape>('Qini').implement({
  description:
    'How well uplift ranks the groups. Groups are ranked on one half of the customers and measured on the other half.',
  authScopes: reading,
  fields: (t) => ({
    points: t.expose('points', { type: [QiniPoint], description: 'The curve, from a share of 0 to 1.' }),
    coefficient: t.exposeFloat('coefficient', {
      nullable: true,
      description:
        'Area between the curve and the line of random sending, divided by the area under that line; 0 is no better than random. Null when there is no uplift.',
    }),
  }),
});

export const CampaignUplift = builder
  .objectRef<UpliftShape & { readonly variant: string }>('CampaignUplift')
  .implement({
    description: 'Uplift of a variant by group of customers.',
    authScopes: reading,
    fields: (t) => ({
      variant: t.exposeString('variant', {
        description: 'Name of the variant that is compared with the control group.',
      }),
      metric: t.expose('metric', { type: CampaignMetric, description: 'The requested metric.' }),
      betweenGroups: t.exposeFloat('betweenGroups', {
        description:
          'Standard deviation of the true uplift between groups, in the unit of the metric. 0 when the groups differ no more than by chance.',
      }),
      heterogeneityPValue: t.exposeFloat('heterogeneityPValue', {
        nullable: true,
        description:
          'Probability of differences at least this large when all groups are alike, by Cochran’s Q, 0 to 1. Null with fewer than two groups.',
      }),
      groups: t.expose('groups', { type: [GroupUplift], description: 'The groups, highest uplift first.' }),
      qini: t.expose('qini', {
        type: Qini,
        nullable: true,
        description: 'How well uplift ranks the groups. Null when a half has no customers to compare.',
      }),
    }),
  });
