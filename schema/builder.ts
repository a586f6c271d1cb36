import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';

import type PrismaTypes from '../prisma/generated/pothos-types.ts';
import { getDatamodel } from '../prisma/generated/pothos-types.ts';
import type { CallerWorkspace } from '../server/access/caller.ts';
import type { Context } from '../server/context.ts';
import type { OrderRow } from '../server/customers/data/orders.ts';
import type { ProductRow } from '../server/customers/data/product-columns.ts';
import type { Campaign, CampaignVariant } from '../server/domain/campaigns.ts';
import { DomainError } from '../server/domain/errors.ts';
import { PAGE_LIMIT } from '../server/domain/page.ts';
import type { Scope } from '../server/domain/scopes.ts';
import type { Placement } from '../server/recommendations/placement.ts';
import type { FitRow, RunRow } from '../server/scores/data/runs.ts';
import { fieldCost, STATEMENT_COST } from './cost.ts';
import { forbidden } from './forbidden.ts';
import { readNodeId } from './node-id.ts';

/** Models that hand-written statements read as well, with the rows that these give. */
interface HandWritten {
  Workspace: CallerWorkspace;
  Product: ProductRow;
  Order: OrderRow;
  AnalysisRun: RunRow;
  ModelFit: FitRow;
  RecommendationPlacement: Placement;
  Campaign: Campaign;
  CampaignVariant: CampaignVariant;
}

/** What a field may count on: of a model above the columns that both kinds of row have, each in the form of either. */
type RowOf<Name, Row> = Name extends keyof HandWritten
  ? { [Column in keyof Row & keyof HandWritten[Name]]: Row[Column] | HandWritten[Name][Column] }
  : Row;

type RelationOf<Relation> = Relation extends { Name: infer Name; Shape: (infer Row)[] }
  ? Omit<Relation, 'Shape'> & { Shape: RowOf<Name, Row>[] }
  : Relation;

type Models = {
  [Name in keyof PrismaTypes]: Omit<PrismaTypes[Name], 'Shape' | 'Relations'> & {
    Shape: RowOf<Name, PrismaTypes[Name]['Shape']>;
    Relations: {
      [Relation in keyof PrismaTypes[Name]['Relations']]: RelationOf<PrismaTypes[Name]['Relations'][Relation]>;
    };
  };
};

interface SchemaTypes {
  Context: Context;
  PrismaTypes: Models;
  AuthScopes: { scope: Scope };
  /** Counted only where it is asked for. */
  Connection: { totalCount?: number | null };
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    /** Decimal text. */
    Decimal: { Input: string; Output: string };
    CurrencyCode: { Input: string; Output: string };
    /** `2026-10-31` */
    Date: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
  };
}

export const builder = new SchemaBuilder<SchemaTypes>({
  // Authorisation comes first: no other plugin may answer for a field that the key must not read.
  plugins: [ScopeAuthPlugin, ErrorsPlugin, RelayPlugin, PrismaPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authorizeOnSubscribe: true,
    authScopes: ({ key }) => ({ scope: (scope) => key.scopes.includes(scope) }),
    unauthorizedError: (_parent, _context, _info, { failure }) => forbidden(failure),
  },
  prisma: {
    client: ({ prisma }) => prisma,
    dmmf: getDatamodel(),
    onUnusedQuery: 'error',
  },
  complexity: { fieldComplexity: (args, _context, field) => fieldCost(args, field) },
  relay: {
    decodeGlobalID: readNodeId,
    nodesOnConnection: { description: 'The rows of the page, without their cursors.' },
    edgesFieldOptions: {
      description: 'The rows of the page with their cursors.',
      nullable: { list: false, items: false },
    },
    nodeFieldOptions: { description: 'The row.', nullable: false },
    cursorFieldOptions: { description: 'Opaque position of the row in the list, for `after` and `before`.' },
    pageInfoFieldOptions: { description: 'Position of the page in the list.' },
    pageInfoTypeOptions: { description: 'Position of a page in its list.' },
    hasNextPageFieldOptions: { description: 'Whether rows follow the page.' },
    hasPreviousPageFieldOptions: { description: 'Whether rows precede the page.' },
    startCursorFieldOptions: { description: 'Cursor of the first row. Null for an empty page.' },
    endCursorFieldOptions: { description: 'Cursor of the last row. Null for an empty page.' },
    firstArgOptions: { description: 'Rows from the start of the list or after `after`: 1 to 100, default 20.' },
    afterArgOptions: { description: 'Cursor of the row that the page comes after; with `first`.' },
    lastArgOptions: { description: 'Rows from the end of the list or before `before`: 1 to 100.' },
    beforeArgOptions: { description: 'Cursor of the row that the page comes before; with `last`.' },
    nodeTypeOptions: { description: 'An object with a global id.' },
    idFieldOptions: { description: 'Opaque id, unique over all types.' },
    nodeQueryOptions: {
      description: 'The object with this id. Null when the workspace has none.',
      args: { id: { description: 'Global id, as this API returned it.' } },
      complexity: STATEMENT_COST,
    },
    nodesQueryOptions: {
      description:
        'The objects with these ids, in their order. Null in place of an object that the workspace does not have.',
      args: { ids: { description: `Global ids, as this API returned them, at most ${PAGE_LIMIT}.` } },
      resolve: (_root, { ids }, _context, _info, resolveNodes) => {
        if (ids.length > PAGE_LIMIT) {
          throw new DomainError('TOO_MANY_IDS', `\`ids\` can name ${PAGE_LIMIT} at most, got ${ids.length}`, ['ids']);
        }
        return resolveNodes(ids);
      },
      complexity: ({ ids }) => ({ field: STATEMENT_COST.field, multiplier: ids.length }),
    },
  },
});
