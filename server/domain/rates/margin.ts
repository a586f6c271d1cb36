import { DomainError } from '../errors.ts';

/** Where a run's margin rate came from, first the one that counts most. */
export const MARGIN_SOURCES = ['OPTION', 'WORKSPACE', 'COSTS', 'DEFAULT'] as const;

export type MarginSource = (typeof MARGIN_SOURCES)[number];

/**
 * Refuses what is no share of revenue.
 * @param rate share of revenue that is kept, in [0, 1].
 * @returns the rate.
 * @throws DomainError BAD_MARGIN for anything else.
 */
export function checkMarginRate(rate: number, field: readonly string[] = ['marginRate']): number {
  if (!(rate >= 0 && rate <= 1))
    throw new DomainError('BAD_MARGIN', `The margin rate is a share of revenue from 0 to 1, got ${rate}.`, field);
  return rate;
}

/**
 * Reads a margin rate as typed: `0.45` or `45%`.
 * @throws DomainError BAD_MARGIN for other texts and for what `checkMarginRate` refuses.
 */
export function parseMarginRate(text: string, field: readonly string[] = ['marginRate']): number {
  const [, digits, percent] = /^(\d*\.?\d+)\s*(%)?$/.exec(text.trim()) ?? [];
  if (digits === undefined)
    throw new DomainError(
      'BAD_MARGIN',
      `Cannot read ${JSON.stringify(text)} as a margin rate: expected a share of revenue from 0 to 1, such as 0.45 or 45%.`,
      field,
    );
  return checkMarginRate(percent === undefined ? Number(digits) : Number(digits) / 100, field);
}

/**
 * Share of revenue that went back in refunds of no known order.
 * @returns in [0, 1], to six digits, so that sums in another order give the same; 0 without revenue.
 */
export const refundRate = (refunded: number, revenue: number): number =>
  revenue > 0 ? Math.round(1e6 * Math.min(1, Math.max(0, refunded / revenue))) / 1e6 : 0;

/** Share of what order days bring that is kept: the margin of what does not go back. @param refundRate null where it was not counted. */
export const keptShare = (marginRate: number, refundRate: number | null): number =>
  marginRate * (1 - (refundRate ?? 0));
