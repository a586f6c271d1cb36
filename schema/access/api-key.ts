import { queryFromInfo } from '@pothos/plugin-prisma';

import { KEY_KINDS, type KeyKind as KeyKindValue } from '../../server/access/api-key.ts';
import { readPage, sliceOf } from '../../server/domain/page.ts';
import { SCOPES } from '../../server/domain/scopes.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { pageCost } from '../cost.ts';
import { pageQuery } from '../page-query.ts';

export const SCOPE_LIST = SCOPES.map((scope) => `\`${scope}\``).join(', ');

const reading = { scope: 'keys:read' } as const;

const KIND_DESCRIPTION = {
  PUBLISHABLE: 'For web pages of the listed origins. It can read, but no personal data.',
  RESTRICTED: 'For servers and tools. It can do what its scopes allow.',
  SECRET: 'For servers. It has every scope.',
} as const;

export const KeyKind = builder.enumType('ApiKeyKind', {
  description: 'Where an API key may be used.',
  values: Object.fromEntries(KEY_KINDS.map((kind) => [kind, { description: KIND_DESCRIPTION[kind] }])) as Record<
    (typeof KEY_KINDS)[number],
    { description: string }
  >,
});

export const ApiKey = builder.prismaNode('ApiKey', {
  description: 'An API key of the workspace. The key itself is shown only once, when it is created.',
  authScopes: reading,
  nullable: true,
  select: { id: true },
  id: { resolve: (key) => key.id },
  findUnique: (id, { workspace }) => ({ id, workspaceId: workspace.id }),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the key.' }),
    kind: t.field({
      type: KeyKind,
      description: 'Where the key may be used.',
      select: { kind: true },
      resolve: ({ kind }) => kind as KeyKindValue,
    }),
    scopes: t.exposeStringList('scopes', { description: `What the key may do: ${SCOPE_LIST}.` }),
    origins: t.exposeStringList('origins', { description: 'Pages that may use a publishable key.' }),
    lastFour: t.exposeString('lastFour', { description: 'Last four characters of the key.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the key was created.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key expires. Null when it does not expire.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key was last used, to the minute. Null when it was never used.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key was revoked. Null when it was not revoked.',
    }),
  }),
});

builder.queryField('apiKeys', (t) =>
  t.connection(
    {
      type: ApiKey,
      description: 'The API keys of the workspace, newest first, revoked keys included.',
      authScopes: reading,
      complexity: pageCost,
      resolve: async (_root, args, ctx, info) => {
        const list = `${ctx.workspace.id}/apiKeys`;
        const page = readPage(args, list);
        const { where, ...slice } = pageQuery(page, 'createdAt', 'desc', (text) => new Date(text));
        const rows = await ctx.prisma.apiKey.findMany({
          ...queryFromInfo({
            context: ctx,
            info,
            paths: [['edges', 'node'], ['nodes']],
            select: { id: true, createdAt: true },
          }),
          ...slice,
          where: { workspaceId: ctx.workspace.id, ...where },
        });
        return toConnection(
          list,
          sliceOf(page, rows, (key) => [key.createdAt.toISOString(), key.id]),
        );
      },
    },
    { name: 'ApiKeyConnection', description: 'A page of API keys.', authScopes: reading },
    { name: 'ApiKeyEdge', description: 'An API key in a page.', authScopes: reading },
  ),
);
