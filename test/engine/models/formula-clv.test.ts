import { describe, expect, it } from 'vitest';

import { FORMULAS, formulaClvs, type StoreTotals } from '../../../server/engine/models/formula-clv.ts';

/** 100 customers, on average two years old, with 5 orders of 40 in 18 months from the first to the last. */
const STORE: StoreTotals = {
  customers: 100,
  orders: 500,
  revenue: 20_000,
  observedMonths: 2400,
  lifespanMonths: 1800,
  activeMonths: 400,
  monthlyChurnRate: 0.8,
  marginRate: 0.3,
};

const values = (totals: StoreTotals) =>
  Object.fromEntries(formulaClvs(totals).map(({ key, perCustomer }) => [key, perCustomer]));

describe('by hand', () => {
  it('values a customer by each formula', () => {
    const worth = values(STORE);
    expect(worth.HISTORIC).toBeCloseTo(0.3 * 200, 12);
    // 40 an order, 2.5 orders a year, 1.5 years.
    expect(worth.AOV_FREQUENCY_LIFESPAN).toBeCloseTo(40 * 2.5 * 1.5 * 0.3, 12);
    // 50 in a month with an order.
    expect(worth.ARPU_MARGIN_CHURN).toBeCloseTo((50 * 0.3) / 0.8, 12);
  });
});

describe('by property', () => {
  it('knows nothing of a store without customers', () => {
    const nobody = { customers: 0, orders: 0, revenue: 0, observedMonths: 0, lifespanMonths: 0, activeMonths: 0 };
    expect(Object.values(values({ ...STORE, ...nobody, monthlyChurnRate: null }))).toEqual([null, null, null]);
  });

  it('knows no value by churn where nobody has left, or no month has a next one', () => {
    expect(values({ ...STORE, monthlyChurnRate: 0 }).ARPU_MARGIN_CHURN).toBeNull();
    expect(values({ ...STORE, monthlyChurnRate: null }).ARPU_MARGIN_CHURN).toBeNull();
  });

  it('knows no frequency on the day of the first order', () => {
    expect(values({ ...STORE, observedMonths: 0 }).AOV_FREQUENCY_LIFESPAN).toBeNull();
  });

  it('keeps a value of zero apart from an unknown one', () => {
    expect(Object.values(values({ ...STORE, marginRate: 0 }))).toEqual([0, 0, 0]);
  });

  it('doubles with the revenue', () => {
    const [once, twice] = [values(STORE), values({ ...STORE, revenue: 40_000 })];
    for (const key of Object.keys(FORMULAS)) expect(twice[key]! / once[key]!).toBeCloseTo(2, 12);
  });

  it('says of each formula in one sentence what it is, and in one what it leaves out', () => {
    for (const { name, definition, weakness } of Object.values(FORMULAS)) {
      expect(name).not.toBe('');
      expect(definition).toMatch(/^[A-Z][^.]*\.$/);
      expect(weakness).toMatch(/^[A-Z][^.]*\.$/);
    }
  });
});
