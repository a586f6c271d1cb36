import type { Database } from '../../server/store/database.ts';
import type { Figures } from './figures.ts';
import { withServer } from './served.ts';

const LIST = `recommendations(first: 5) { variant horizonDays nodes { rank kind probability expectedOn product { externalId name }
  reason { code text products { externalId } } } }`;

const PAGE = `{ customers(first: 50, orderBy: { field: CLV, direction: DESC }) { nodes { externalId ${LIST} } } }`;
const ONE = `{ customer(externalId: "C-01873") { externalId ${LIST} } }`;

interface Customer {
  readonly recommendations: { readonly nodes: readonly unknown[] };
}

const isListed = ({ recommendations }: Customer) => recommendations.nodes.length > 0;

/** Five recommendations with reasons, of fifty customers and of one. */
export const servedRecommendations = (engine: Database['engine']): Promise<Figures> =>
  withServer(engine, ['customers:read', 'products:read', 'recommendations:read'], async (ask) => {
    const page = await ask<{ customers: { nodes: Customer[] } }>(
      PAGE,
      ({ customers: { nodes } }) => nodes.length === 50 && nodes.every(isListed),
    );
    const one = await ask<{ customer: Customer }>(ONE, ({ customer }) => isListed(customer));
    const named = (name: string, figures: Figures) =>
      Object.entries(figures).map(([figure, value]) => [`${figure}, ${name}`, value]);
    return Object.fromEntries([...named('50 customers', { ...page }), ...named('one customer', { ...one })]);
  });
