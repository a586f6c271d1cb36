import { describe, expect, it } from 'vitest';

import { failing, json, testStore, unwrapped } from '../support/cli.ts';
import { testFile } from '../support/files.ts';

const ORDERS = 'customer,order,placed at,unit price,unit cost\nann,1,2026-01-02,10,4\nbob,2,2026-01-05,5,2\n';
const DEFAULTS = {
  marginRate: null,
  annualDiscountRate: 0.1,
  timeZone: 'UTC',
  revenue: 'NET_SALES',
  currencyDisplay: 'symbol',
};

describe('perennial settings', { timeout: 120_000 }, () => {
  it('shows, sets and unsets them, and analyses go by them', async () => {
    const store = await testStore();
    await json(store, 'import', testFile(ORDERS), '--format', 'orders');
    expect(await json(store, 'settings')).toEqual(DEFAULTS);
    const fromCosts = { marginRate: expect.closeTo(0.6, 12), marginSource: 'COSTS', knownCostShare: 1 };
    expect(await json(store, 'analyze')).toMatchObject({ ...fromCosts, annualDiscountRate: 0.1 });

    const zoned = { ...DEFAULTS, timeZone: 'Europe/Berlin', revenue: 'TOTAL_SALES' };
    const changed = { ...zoned, marginRate: 0.45, annualDiscountRate: 0.12 };
    const set = ['margin-rate=45%', 'annual-discount-rate=12%', 'time-zone=Europe/Berlin', 'revenue=total-sales'];
    expect(await json(store, 'settings', 'set', ...set)).toEqual(changed);
    expect(await json(store, 'settings', 'show')).toEqual(changed);
    const rates = { revenue: 'TOTAL_SALES', marginRate: 0.45, marginSource: 'WORKSPACE', annualDiscountRate: 0.12 };
    expect(await json(store, 'analyze')).toMatchObject(rates);

    expect(await json(store, 'settings', 'set', 'margin-rate=auto', 'currency-display=code')).toEqual({
      ...changed,
      marginRate: null,
      currencyDisplay: 'code',
    });
    const names = ['annual-discount-rate', 'time-zone', 'revenue', 'currency-display'];
    expect(await json(store, 'settings', 'unset', ...names)).toEqual(DEFAULTS);
  });

  it('names what is accepted where a name or a value is not', async () => {
    const store = await testStore();
    await json(store, 'import', testFile(ORDERS), '--format', 'orders');
    const names = 'margin-rate, annual-discount-rate, time-zone, revenue, currency-display';
    const wrong: [string[], string][] = [
      [['set', 'margin=0.4'], names],
      [['set', 'constructor=1'], names],
      [['set', 'margin-rate'], 'NAME=VALUE'],
      [['set', 'margin-rate=high'], '0 to 1'],
      [['set', 'margin-rate=1.5'], '0 to 1'],
      [['set', 'annual-discount-rate=0.2%/week'], 'a year'],
      [['set', 'time-zone=Berlin'], 'Europe/Berlin'],
      [['set', 'revenue=gross'], 'net-sales or total-sales'],
      [['set', 'currency-display=sign'], 'symbol, narrowSymbol, code, name'],
      [['set', 'time-zone=Asia/Tokyo', 'margin-rate=2'], '0 to 1'],
      [['unset', 'zone'], names],
    ];
    for (const [args, expected] of wrong) {
      const { code, stderr } = await failing(store, 'settings', ...args);
      expect([args, code, unwrapped(stderr)]).toEqual([args, 2, expect.stringContaining(expected)]);
    }
    expect(await json(store, 'settings')).toEqual(DEFAULTS);
  });
});
