import type { Store } from '../../prisma/simulate-store.ts';

/** The order lines of a simulated store, as they stand in its file. */
export const storeRows = ({ orders }: Store) =>
  orders.flatMap(({ time, buyer, number, lines }) => {
    const { customer, name, email, country, channel } = buyer;
    const placedAt = new Date(time).toISOString();
    return lines.map((line) => ({ customer, name, email, country, channel, order: number, placedAt, ...line }));
  });
