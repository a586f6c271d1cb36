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
  description: 'Whether a message pays: adds more than it costs.',
  values: described(VERDICTS, {
    TARGET: 'A message pays with a probability of 90 % or more.',
    UNSURE: 'A message pays with a probability between 10 % and 90 %.',
    LEAVE_ALONE: 'A message pays with a probability of 10 % or less: leave them alone.',
  }),
});

const GroupUplift = builder.objectRef<GroupUpliftShape>('GroupUplift').implement({
  description: 'What a variant adds per customer of one group.',
  authScopes: reading,
  fields: (t) => ({
    group: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'Values of the dimensions asked for, in their order; null where unknown.',
      resolve: ({ group }) => [...group],
    }),
    customers: t.exposeInt('customers', { description: 'Customers in the variant and the control group together.' }),
    measured: t.expose('measured', {
      type: Estimate,
      nullable: true,
      description: 'As measured in the group alone, in the unit of the metric; null with fewer than two on a side.',
    }),
    shrunken: t.expose('shrunken', {
      type: Estimate,
      description: 'Drawn towards the mean of all groups by as much as they agree: the figure to act on.',
    }),
    probabilityPays: t.exposeFloat('probabilityPays', {
      description:
        'Probability that it adds more than the message costs, 0 to 1; for shares and numbers: that it adds anything.',
    }),
    verdict: t.expose('verdict', { type: UpliftVerdict, description: 'What to do with them next time.' }),
  }),
});

const QiniPoint = builder.objectRef<QiniPointShape>('QiniPoint').implement({
  description: 'A point of the Qini curve.',
  authScopes: reading,
  fields: (t) => ({
    share: t.exposeFloat('share', { description: 'Share of the customers reached, best groups first; 0 to 1.' }),
    gain: t.exposeFloat('gain', { description: 'What that adds, per customer of all, in the unit of the metric.' }),
    random: t.exposeFloat('random', { description: 'What reaching as many at random adds.' }),
  }),
});

const Qini = builder.objectRef<QiniShape>('Qini').implement({
  description:
    'How well groups can be told apart: ranked by their uplift in one half of the customers, judged on the other half.',
  authScopes: reading,
  fields: (t) => ({
    points: t.expose('points', { type: [QiniPoint], description: 'From nobody to everybody.' }),
    coefficient: t.exposeFloat('coefficient', {
      nullable: true,
      description:
        'Area between the curve and that of random reach, over the area under the latter: 0 is no better than chance; null where there is no uplift to share out.',
    }),
  }),
});

export const CampaignUplift = builder
  .objectRef<UpliftShape & { readonly variant: string }>('CampaignUplift')
  .implement({
    description: 'For whom a variant works, and whom to leave alone.',
    authScopes: reading,
    fields: (t) => ({
      variant: t.exposeString('variant', { description: 'The variant compared with the control group.' }),
      metric: t.expose('metric', { type: CampaignMetric, description: 'The metric asked for.' }),
      betweenGroups: t.exposeFloat('betweenGroups', {
        description:
          'Standard deviation of the true uplift between groups, in the unit of the metric; 0 where they cannot be told apart.',
      }),
      heterogeneityPValue: t.exposeFloat('heterogeneityPValue', {
        nullable: true,
        description: 'Chance of such differences where all groups are alike (Cochran’s Q); null with fewer than two.',
      }),
      groups: t.expose('groups', { type: [GroupUplift], description: 'The groups, highest uplift first.' }),
      qini: t.expose('qini', {
        type: Qini,
        nullable: true,
        description: 'How well they can be told apart; null where a half has nobody to compare.',
      }),
    }),
  });
