/**
 * A front-end developer lists the best customers, page by page.
 *
 *     PERENNIAL_KEY=... npx tsx examples/paged-list.ts
 */
import { client } from './client.ts';
import { BestCustomersDocument, type BestCustomersQuery } from './generated/graphql.ts';

async function* pages(first: number): AsyncGenerator<BestCustomersQuery['customers']> {
  let after: string | null = null;
  do {
    const page: BestCustomersQuery['customers'] = (await client.request(BestCustomersDocument, { first, after }))
      .customers;
    yield page;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
}

for await (const { nodes, totalCount } of pages(100)) {
  console.error(`${nodes.length} of ${totalCount}`);
  for (const { externalId, clv } of nodes) {
    if (clv === null) continue;
    const { value, interval } = clv;
    const range = interval === null ? '' : ` (${interval.p10.amount} to ${interval.p90.amount})`;
    console.log(`${externalId}: ${value.amount} ${value.currency}${range}`);
  }
}
