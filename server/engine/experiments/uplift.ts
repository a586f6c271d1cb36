import type { Campaign, CampaignMetric } from '../../domain/campaigns.ts';
import { DomainError } from '../../domain/errors.ts';
import { adjustmentOf, UNADJUSTED } from './cuped.ts';
import { effectsIn, type GroupCells, groupCells, type Metric, measuredIn, sampleIn } from './group-effects.ts';
import { momentsOf, sumMoments } from './moments.ts';
import { mixtureEstimate, mixtureMean, type NormalMixture, probabilityAbove } from './normal-mixture.ts';
import { verdictOf } from './pays.ts';
import { type Outcome, qini } from './qini.ts';
import type { GroupUplift, Qini, Uplift } from './result-types.ts';
import { type Shrunken, shrink } from './shrink.ts';
import type { CampaignCell, CampaignCells, ResultsRequest } from './types.ts';

type Judged = Pick<Campaign, 'costPerMessage' | 'variants'>;

/**
 * The uplift of a variant in each requested group, shrunk towards its uplift in all, and whether
 * that is more than the message costs. The Qini curve ranks groups by one half of the customers and judges by the other.
 * @param cells By group, and by half if the curve is wanted.
 * @returns No groups where the metric is not known or nothing was measured in any.
 * @throws DomainError NO_CONTROL where there is nobody to compare with.
 */
export function campaignUplift(
  campaign: Judged,
  { cells }: Pick<CampaignCells, 'cells'>,
  request: Pick<ResultsRequest, 'metric' | 'covariate'>,
  variantId: string,
): Uplift {
  const { metric } = request;
  const control = campaign.variants.find(({ isControl }) => isControl);
  if (control === undefined) throw new DomainError('NO_CONTROL', 'the campaign has no control group to compare with');
  const by = metricOf(campaign, cells, request);
  const groups = groupCells(cells, variantId, control.id);
  const shrunken = shrinkGroups(groups, by);
  const costs = costPerCustomer(groups, isMoney(metric) ? Number(campaign.costPerMessage ?? 0) : 0);
  const rows =
    shrunken === null
      ? []
      : groups.map((group, i) => upliftOf(group, shrunken.of[i]!, measuredIn(group, by), costs[i]!));
  return {
    ...{ metric, variantId },
    betweenGroups: shrunken?.betweenGroups ?? 0,
    heterogeneityPValue: shrunken?.heterogeneityPValue ?? null,
    groups: rows.sort((a, b) => b.shrunken.value - a.shrunken.value),
    qini: qiniOf(groups, by),
  };
}

const isMoney = (metric: CampaignMetric) => metric === 'REVENUE' || metric === 'MARGIN' || metric === 'CLV';

/** Adjusted by all customers of all variants, as in the results of the campaign. */
function metricOf(
  { variants }: Judged,
  cells: readonly CampaignCell[],
  { metric, covariate }: Pick<ResultsRequest, 'metric' | 'covariate'>,
): Metric {
  const moments = variants.flatMap(({ id }) => {
    const own = cells.filter(({ variantId }) => variantId === id);
    return momentsOf(own, metric) ?? [];
  });
  const { x, customers } = sumMoments(moments);
  return {
    metric,
    adjustment: covariate === 'NONE' ? UNADJUSTED : adjustmentOf(moments),
    covariateMean: customers === 0 ? 0 : x / customers,
  };
}

interface ShrunkenGroups extends Pick<Shrunken, 'betweenGroups' | 'heterogeneityPValue'> {
  /** What to believe of each group, in their order. */
  readonly of: readonly NormalMixture[];
}

/** Null where nothing was measured in any. */
function shrinkGroups(groups: readonly GroupCells[], by: Metric): ShrunkenGroups | null {
  const effects = effectsIn(groups, by);
  const known = effects.filter((effect) => effect !== null);
  if (known.length === 0) return null;
  const { groups: believed, unseen, ...found } = shrink(known);
  return { ...found, of: effects.map((effect) => (effect === null ? unseen : believed[known.indexOf(effect)]!)) };
}

/** Of those who are in the variant, whether or not a message was sent; to all of them where no sends are reported. */
function costPerCustomer(groups: readonly GroupCells[], costPerMessage: number): number[] {
  const sent = groups.map(({ treated }) => treated.reduce((sum, { steps }) => sum + steps.sent, 0));
  const isReported = sent.some((messages) => messages > 0);
  return groups.map(({ treated }, i) =>
    isReported && treated.length > 0 ? (costPerMessage * sent[i]!) / customersOf(treated) : costPerMessage,
  );
}

const customersOf = (cells: readonly CampaignCell[]) => cells.reduce((sum, { customers }) => sum + customers, 0);

function upliftOf(
  { group, treated, control }: GroupCells,
  believed: NormalMixture,
  measured: GroupUplift['measured'],
  cost: number,
): GroupUplift {
  const probabilityPays = probabilityAbove(believed, cost);
  return {
    ...{ group, measured, probabilityPays },
    customers: customersOf(treated) + customersOf(control),
    shrunken: mixtureEstimate(believed),
    verdict: verdictOf(probabilityPays),
  };
}

const inHalf = (groups: readonly GroupCells[], half: 0 | 1): GroupCells[] => {
  const of = (cells: readonly CampaignCell[]) => cells.filter((cell) => cell.half === half);
  return groups.map(({ group, treated, control }) => ({ group, treated: of(treated), control: of(control) }));
};

/** Null where nothing can be learned on the first half, or judged on the second. */
function qiniOf(groups: readonly GroupCells[], by: Metric): Qini | null {
  const learned = shrinkGroups(inHalf(groups, 0), by);
  if (learned === null) return null;
  const outcome = (cells: readonly CampaignCell[]): Outcome => {
    const sample = sampleIn(cells, by);
    return { customers: sample?.customers ?? 0, sum: sample === null ? 0 : sample.mean * sample.customers };
  };
  return qini(
    inHalf(groups, 1).map(({ treated, control }, i) => ({
      predicted: mixtureMean(learned.of[i]!),
      treated: outcome(treated),
      control: outcome(control),
    })),
  );
}
