import { expect, it } from 'vitest';

import { END, simulateStore } from '../../prisma/simulate-store.ts';
import { simulateCampaigns } from '../../prisma/store-campaigns.ts';

const DAY = 86_400_000;
const base = simulateStore();
const { store, exposures } = simulateCampaigns(base);

const of = (campaign: string, variant: string) =>
  exposures.filter((exposure) => exposure.campaign.name === campaign && exposure.variant.name === variant);

const times = new Map<string, number[]>();
for (const { buyer, time, lines } of store.orders)
  if (lines[0]!.quantity > 0) times.set(buyer.customer, [...(times.get(buyer.customer) ?? []), time]);

/** Share of a variant's customers who ordered within 14 days. */
const conversion = (campaign: string, variant: string) => {
  const members = of(campaign, variant);
  const buyers = members.filter(({ customer, assigned }) =>
    times.get(customer)?.some((time) => time >= assigned && time < assigned + 14 * DAY),
  );
  return buyers.length / members.length;
};

it('is the same for the same seed, and leaves what campaigns did not touch as it was', () => {
  expect(simulateCampaigns(simulateStore()).exposures.length).toBe(exposures.length);
  const before = new Set(base.orders.map(({ number }) => number));
  const added = store.orders.filter(({ number }) => !before.has(number));
  expect(added.length).toBeGreaterThan(200);
  expect(store.orders.length - added.length).toBeGreaterThan(base.orders.length - 50);
});

it('puts nobody twice into a campaign, sends nothing to a control group, and nothing after the end', () => {
  const seen = new Set(exposures.map(({ campaign, customer }) => `${campaign.name}/${customer}`));
  expect(seen.size).toBe(exposures.length);
  expect(exposures.filter(({ variant, sent }) => variant.isControl && sent !== null)).toEqual([]);
  expect(exposures.filter(({ assigned, converted }) => Math.max(assigned, converted ?? 0) >= END)).toEqual([]);
});

it('has a campaign that works, one without a control group, one that keeps some away, and one still open', () => {
  expect(conversion('Refill reminder', 'Reminder') - conversion('Refill reminder', 'control')).toBeGreaterThan(0.05);
  expect(
    new Set(
      exposures.filter(({ campaign }) => campaign.name === 'Black Friday 2025').map(({ variant }) => variant.name),
    ).size,
  ).toBe(1);
  const marketplace = new Set(
    base.customers.filter(({ channel }) => channel === 'Marketplace').map(({ customer }) => customer),
  );
  const kept = new Set(store.orders.map(({ number }) => number));
  const lost = base.orders.filter(({ number }) => !kept.has(number));
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.every(({ buyer }) => marketplace.has(buyer.customer))).toBe(true);
  const open = exposures.filter(({ assigned }) => assigned + 14 * DAY > END);
  expect(open.length).toBeGreaterThan(500);
  expect(new Set(open.map(({ campaign }) => campaign.name))).toEqual(new Set(['Cart reminder']));
});
