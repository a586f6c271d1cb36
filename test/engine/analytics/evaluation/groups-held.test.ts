import { expect, it } from 'vitest';

import { groupsHeld } from '../../../../server/engine/analytics/evaluation/groups-held.ts';

const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

/** 60 loyal customers, 30 who came once lately, 30 who came once long ago, and 2 others. */
const HISTORIES = [
  ...times(60, { x: 6, tx: 38, T: 40 }),
  ...times(30, { x: 0, tx: 0, T: 4 }),
  ...times(30, { x: 0, tx: 0, T: 40 }),
  ...times(2, { x: 2, tx: 20, T: 40 }),
];

function held(loyal: number, late: number) {
  const column = (of: readonly [number, number, number, number]) =>
    of.flatMap((value, i) => times([60, 30, 30, 2][i]!, value));
  const forecast = {
    orderDays: column([2, 1.2, 0.5, 10]),
    value: column([20, 12, 5, 100]),
    variance: column([100, 100, 40, 1000]),
    p10: [],
    p90: [],
    sharedDeviation: 0.1,
    unassignedRefundRate: 0,
  };
  return groupsHeld(HISTORIES, forecast, Float64Array.from(column([loyal, late, 0, 0])));
}

it('counts the groups of enough expected order days by order days and recency, and those within their interval', () => {
  expect(held(20, 12)).toEqual({ groups: 2, groupsHeld: 2 });
  expect(held(20, 24)).toEqual({ groups: 2, groupsHeld: 1 });
  expect(held(5, 24)).toEqual({ groups: 2, groupsHeld: 0 });
});
