import type { Campaign } from '../../domain/campaigns.ts';
import { type Adjustment, adjusted, adjustmentOf } from './cuped.ts';
import { momentsOf, type Sample } from './moments.ts';
import { isLarge, obstacleOf } from './obstacle.ts';
import { sampleRatio } from './sample-ratio.ts';
import type { CampaignCell, CampaignCells } from './types.ts';

/** Margin that a customer of a variant had more of than one of the control group. */
export interface SegmentEffect {
  readonly variantId: string;
  /** Null for all customers together. */
  readonly segment: string | null;
  readonly customers: number;
  readonly controls: number;
  /** Before the cost of the messages. */
  readonly margin: number;
  /** Square of the standard error, >= 0. */
  readonly variance: number;
  /** Of the messages, per customer of the variant. */
  readonly cost: number;
}

/**
 * What each variant added in each segment, adjusted by one slope for all of them as in `campaignResults`. Nothing where the
 * campaign's own results compare nothing (`obstacleOf`), nothing of a variant that they leave out, and nothing of a segment that
 * is unknown or has fewer than two customers on either side.
 * @param cells By segment.
 */
export function segmentEffects(
  { variants, control: kind, costPerMessage }: Pick<Campaign, 'variants' | 'control' | 'costPerMessage'>,
  { cells, counts }: Pick<CampaignCells, 'cells' | 'counts'>,
): SegmentEffect[] {
  const control = kind === 'NONE' ? undefined : variants.find(({ isControl }) => isControl);
  const of = (id: string, among = cells) => among.filter(({ variantId }) => variantId === id);
  const sized = variants.map(({ id }) => ({ variantId: id, customers: customersOf(of(id)) }));
  const obstacle = obstacleOf({
    variants: sized,
    controlId: control?.id ?? null,
    sampleRatio: sampleRatio(variants, counts),
  });
  if (control === undefined || obstacle !== null) return [];
  const small = sized.filter((each) => !isLarge(each)).map(({ variantId }) => variantId);
  const adjustment = adjustmentOf(variants.flatMap(({ id }) => momentsOf(of(id), 'MARGIN') ?? []));
  const segments = new Set(cells.flatMap(({ group: [segment] }) => segment ?? []));
  return [null, ...segments].flatMap((segment) => {
    const group = segment === null ? cells : cells.filter((cell) => cell.group[0] === segment);
    const against = marginOf(of(control.id, group), adjustment);
    return variants.flatMap(({ id, isControl }): SegmentEffect[] => {
      const reached = of(id, group);
      const own = isControl || small.includes(id) ? null : marginOf(reached, adjustment);
      if (own === null || against === null) return [];
      const sent = reached.reduce((sum, { steps }) => sum + steps.sent, 0);
      return [
        {
          ...{ variantId: id, segment, customers: own.customers, controls: against.customers },
          margin: own.mean - against.mean,
          variance: own.variance / own.customers + against.variance / against.customers,
          cost: (Number(costPerMessage ?? 0) * sent) / own.customers,
        },
      ];
    });
  });
}

const customersOf = (cells: readonly CampaignCell[]) => cells.reduce((sum, { customers }) => sum + customers, 0);

/** Null with fewer than two customers: one has no variance. */
function marginOf(cells: readonly CampaignCell[], adjustment: Adjustment): Sample | null {
  const moments = momentsOf(cells, 'MARGIN');
  // Their mean of the covariate is the same for all: it goes out of differences.
  return moments === null || moments.customers < 2 ? null : adjusted(moments, adjustment, 0);
}
