import { describe, expect, it } from 'vitest';

import {
  atRiskVariables,
  FIRST_PAGE,
  hasIntervals,
  largestMoney,
  MOST_MONEY_FIRST,
  measuredCoverage,
  nextOrder,
  nextPage,
  previousPage,
  shownRange,
  sortState,
} from '../../widgets/at-risk-list/at-risk-list.data.ts';
import type { AtRiskListQuery } from '../../widgets/generated/graphql.ts';

function answer(rows: number): AtRiskListQuery {
  const node = {
    id: 'c',
    externalId: 'C-1',
    name: null,
    segment: null,
    lastOrderOn: null,
    daysSinceLastOrder: null,
    clv: null,
    churn: null,
  };
  const pageInfo = { hasNextPage: true, hasPreviousPage: true, startCursor: 'first', endCursor: 'last' };
  return { clv: null, atRiskCustomers: { totalCount: 95, pageInfo, nodes: Array.from({ length: rows }, () => node) } };
}

describe('pages', () => {
  const choice = { pageSize: 10, order: MOST_MONEY_FIRST };

  it('go on after the last row and back before the first', () => {
    const second = nextPage(FIRST_PAGE, answer(10));
    expect(second).toEqual({ offset: 10, after: 'last' });
    expect(previousPage(second, answer(10), 10)).toEqual({ offset: 0, before: 'first' });
  });

  it('ask by cursor, forwards with first and backwards with last', () => {
    expect(atRiskVariables({ ...choice, page: { offset: 10, after: 'x' } })).toMatchObject({ first: 10, after: 'x' });
    const back = atRiskVariables({ ...choice, page: { offset: 0, before: 'y' } });
    expect(back).toMatchObject({ last: 10, before: 'y' });
    expect(back).not.toHaveProperty('first');
  });

  it('count rows from one, and count a short page as it is', () => {
    expect(shownRange({ offset: 0 }, answer(10))).toEqual([1, 10]);
    expect(shownRange({ offset: 90 }, answer(5))).toEqual([91, 95]);
  });

  it('filter by the chosen segments, and by none with null', () => {
    expect(atRiskVariables({ ...choice, page: FIRST_PAGE, segments: ['LOST'] })).toMatchObject({ segments: ['LOST'] });
    expect(atRiskVariables({ ...choice, page: FIRST_PAGE })).toMatchObject({ segments: null, minimumClv: null });
  });
});

it('finds the largest amounts of a page, where a customer without a score counts as nothing', () => {
  expect(largestMoney(answer(2))).toEqual({ moneyAtRisk: 0, clv: 0 });
});

describe('intervals', () => {
  const euro = (amount: string) => ({ amount, currency: 'EUR' });
  const interval = { p10: euro('120'), p50: euro('170'), p90: euro('260') };
  const worth = (clv: Partial<NonNullable<AtRiskListQuery['atRiskCustomers']['nodes'][number]['clv']>>) => {
    const page = answer(2);
    const scored = { horizonMonths: 12, value: euro('180'), interval: null, measuredCoverage: null, ...clv };
    page.atRiskCustomers.nodes[1] = { ...page.atRiskCustomers.nodes[1]!, clv: scored };
    return page;
  };

  it('are known where a customer has one, be the first without a score', () => {
    expect([answer(2), worth({}), worth({ interval })].map(hasIntervals)).toEqual([false, false, true]);
  });

  it('tell how many held, a zero apart from a run without a backtest', () => {
    const shares = [worth({ measuredCoverage: 0.79 }), worth({ measuredCoverage: 0 }), worth({ interval }), answer(1)];
    expect(shares.map(measuredCoverage)).toEqual([0.79, 0, null, null]);
  });
});

describe('order', () => {
  it('turns on the same column and starts a new one with what worries most', () => {
    expect(nextOrder(MOST_MONEY_FIRST, 'MONEY_AT_RISK')).toEqual({ field: 'MONEY_AT_RISK', direction: 'ASC' });
    expect(nextOrder(MOST_MONEY_FIRST, 'CHURN')).toEqual({ field: 'CHURN', direction: 'DESC' });
    expect(nextOrder(MOST_MONEY_FIRST, 'LAST_ORDER')).toEqual({ field: 'LAST_ORDER', direction: 'ASC' });
  });

  it('is shown on its own column only', () => {
    expect(sortState(MOST_MONEY_FIRST, 'MONEY_AT_RISK')).toBe('descending');
    expect(sortState(MOST_MONEY_FIRST, 'CLV')).toBe('none');
  });
});
