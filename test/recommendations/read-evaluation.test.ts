import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { DomainError } from '../../server/domain/errors.ts';
import { historyOf } from '../../server/engine/recommenders/interactions.ts';
import {
  type EvaluationData,
  type EvaluationInput,
  readEvaluation,
} from '../../server/recommendations/read-evaluation.ts';
import { testFile } from '../support/files.ts';

const read = (content: string | Uint8Array, given: Partial<EvaluationInput> = {}): Promise<EvaluationData> =>
  readEvaluation({ path: testFile(content, 'data.txt'), ...given });

/** [item, age] by user, and what they bought afterwards. */
const splitOf = ({ split: { seen, bought } }: EvaluationData) => ({
  seen: Array.from({ length: seen.users }, (_, user) => {
    const { item, age } = historyOf(seen, user);
    return Array.from(item, (each, i) => [each, age[i]]);
  }),
  bought: bought.map((items) => [...items]),
});

const ORDERS = [
  'customer,order,placed at,product,quantity,country',
  'bob,1,2026-01-01,tea,1,FR',
  'ann,2,2026-01-10,tea,2,DE',
  'ann,3,2026-01-10 18:00,tea,1,DE',
  'ann,3,2026-01-10 18:00,pot,1,DE',
  ',4,2026-01-11,pot,1,DE',
  'ann,5,2026-01-20,pot,1,DE',
  'ann,5,2026-01-20,pot,-1,DE',
  'bob,6,2026-01-30,mug,1,FR',
  'ann,7,2026-02-15,mug,-1,DE',
].join('\n');

describe('a file to compare recommenders on', () => {
  it('of orders becomes order days, the last of them held out; returns and rows without a customer do not count', async () => {
    const data = await read(ORDERS, { holdoutDays: 15 });
    expect(data).toMatchObject({ format: 'orders', unit: 'days', horizon: 15, innerHorizon: 15, isMasked: false });
    expect(data.protocol).toContain('until 2026-01-15');
    expect(data.rejected).toEqual({ MISSING_CUSTOMER: 1 });
    // Items: mug, pot, tea. Ages count from 2026-01-15.
    expect(splitOf(data)).toEqual({
      seen: [
        [
          [1, 5],
          [2, 5],
        ],
        [[2, 14]],
      ],
      bought: [[1], [0]],
    });
    expect([...data.split.seen.group]).toEqual([1, 2]);
  });

  it('of the online retailer is recognised by its header; refunds do not count', async () => {
    const header = 'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country';
    const rows = [
      '1,A,Lamp,1,2011-01-01 08:00:00,1.5,17.0,UK',
      'C2,B,Vase,1,2011-01-05 08:00:00,1.5,17.0,UK',
      '3,B,Vase,1,2011-02-05 08:00:00,1.5,17,UK',
    ];
    const data = await read([header, ...rows].join('\n'));
    expect(data.format).toBe('online-retail');
    expect(splitOf(data)).toEqual({ seen: [[[0, 7]]], bought: [[1]] });
  });

  it('of baskets counts ages in orders, and keeps the order of numbers', async () => {
    const data = await read(
      gzipSync(
        'user_id,split,order_number,item_id\n9,history,7,10\n9,history,4,2\n9,history,4,10\n9,future,8,11\n10,history,1,2\n10,future,2,2\n',
      ),
    );
    expect(data).toMatchObject({ format: 'baskets', unit: 'orders', innerHorizon: 1, isMasked: false });
    expect(splitOf(data)).toEqual({
      seen: [
        [
          [0, 1],
          [1, 1],
          [1, 0],
        ],
        [[0, 0]],
      ],
      bought: [[2], [0]],
    });
    expect(data.baselines.map(({ name, listOf }) => [name, listOf(0, 2), listOf(1, 2)])).toEqual([
      ['P-TopFreq', [1, 0], [0]],
      ['GP-TopFreq', [1, 0], [0, 1]],
    ]);
  });

  it('of sequences holds out the last item of each', async () => {
    const data = await read('2 7 10 8\n1 10 7\n3 9\n');
    expect(data).toMatchObject({ format: 'sequence', innerHorizon: 1, isMasked: true });
    expect(splitOf(data)).toEqual({
      seen: [
        [[3, 0]],
        [
          [0, 1],
          [3, 0],
        ],
        [],
      ],
      bought: [[0], [1], [2]],
    });
  });

  it('of sequences goes with a file of what came afterwards, user by user', async () => {
    const testPath = testFile('b y z\na\n');
    const data = await read('a x y\nb x\n', { testPath });
    expect(data).toMatchObject({ format: 'sequence', innerHorizon: null, isMasked: true });
    expect(splitOf(data)).toEqual({
      seen: [
        [
          [0, 0],
          [1, 0],
        ],
        [[0, 0]],
      ],
      bought: [[], [1, 2]],
    });
  });

  it.each<[string, string, Partial<EvaluationInput>, string]>([
    ['that is empty', '', {}, 'is empty'],
    ['of another kind', 'customer,product,kind,at\nann,tea,viewed,2026-01-01\n', {}, 'expected one of'],
    ['without a column', 'user_id,order_number,item_id\n1,1,1\n', { format: 'baskets' }, 'no column for "split"'],
    ['of a third split', 'user_id,split,order_number,item_id\n1,past,1,1\n', {}, 'history or future'],
    ['of orders without products', 'customer,order,placed at\nann,1,2026-01-01\n', {}, 'no purchase of a product'],
    ['of orders that are all within the days held out', ORDERS, { holdoutDays: 300 }, 'no user can be measured'],
    ['of users with one item', 'a x\nb y\n', {}, 'no user can be measured'],
    [
      'of baskets without a future',
      'user_id,split,order_number,item_id\n1,history,1,1\n',
      {},
      'no user can be measured',
    ],
    ['with a user twice', 'a x y\na z x\n', {}, 'a second line of user "a"'],
    ['of commas read as sequences', 'a,x,y\n', { format: 'sequence' }, 'parted by blanks'],
    ['that does not exist', '', { path: 'nowhere.csv' }, 'nowhere.csv does not exist'],
    ['of orders with a test file', ORDERS, { format: 'orders', testPath: 'test.txt' }, 'goes with the format sequence'],
    ['of sequences with days to hold out', 'a x y\n', { holdoutDays: 7 }, 'has no dates'],
  ])('%s is refused with what is accepted', async (_, content, given, message) => {
    const refused = await read(content, given).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DomainError);
    expect((refused as DomainError).message).toContain(message);
  });
});
