import type { CreatedKey } from '../../server/access/create-key.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { storedId } from '../node-id.ts';
import { orDomainError } from '../or-domain-error.ts';
import { ApiKey, KeyKind, SCOPE_LIST } from './api-key.ts';

const writing = { scope: 'keys:write' } as const;

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'The API key to create.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name of the key, 1 to 100 characters.' }),
    kind: t.field({
      type: KeyKind,
      defaultValue: 'RESTRICTED',
      required: true,
      description: 'Where the key may be used.',
    }),
    scopes: t.stringList({
      defaultValue: [],
      required: true,
      description: `What the key may do, at most what the key that creates it may do: ${SCOPE_LIST}. A secret key has all.`,
    }),
    origins: t.stringList({
      defaultValue: [],
      required: true,
      description: 'Pages that may use a publishable key, such as "https://admin.example.com"; none for other kinds.',
    }),
    expiresAt: t.field({ type: 'DateTime', description: 'When the key expires. Default: never.' }),
  }),
});

const CreatedApiKey = builder.objectRef<CreatedKey>('CreatedApiKey').implement({
  description: 'A new API key.',
  authScopes: writing,
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The key itself. No other answer shows it.' }),
    apiKey: t.prismaField({
      type: ApiKey,
      // So that a key which may write but not read still gets the rest of the answer.
      nullable: true,
      description: 'The stored key. Null, with an error, for a key without the scope keys:read.',
      resolve: (query, { id }, _args, { prisma, workspace }) =>
        prisma.apiKey.findUniqueOrThrow({ ...query, where: { id, workspaceId: workspace.id } }),
    }),
  }),
});

const RevokeApiKeyInput = builder.inputType('RevokeApiKeyInput', {
  description: 'The API key to revoke.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Id of the key.' }) }),
});

const RevokedApiKey = builder.objectRef<{ readonly id: string }>('RevokedApiKey').implement({
  description: 'An API key that was revoked.',
  authScopes: writing,
  fields: (t) => ({
    apiKey: t.prismaField({
      type: ApiKey,
      nullable: true,
      description: 'The stored key. Null, with an error, for a key without the scope keys:read.',
      resolve: (query, { id }, _args, { prisma, workspace }) =>
        prisma.apiKey.findUniqueOrThrow({ ...query, where: { id, workspaceId: workspace.id } }),
    }),
  }),
});

builder.mutationFields((t) => ({
  createApiKey: t.field({
    type: CreatedApiKey,
    description: 'Creates an API key of the workspace. Only this answer shows the key.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('CreateApiKeyResult', 'The new key, or what was wrong with the request.'),
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: 'The key to create.' }) },
    resolve: (_root, { input }, ctx) => ctx.access.createKey({ ...input, expiresAt: input.expiresAt ?? null }),
  }),
  revokeApiKey: t.field({
    type: RevokedApiKey,
    description: 'Revokes an API key of the workspace, at once and permanently.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('RevokeApiKeyResult', 'The revoked key, or what was wrong with the request.'),
    args: { input: t.arg({ type: RevokeApiKeyInput, required: true, description: 'The key to revoke.' }) },
    resolve: async (_root, { input }, ctx) => {
      const id = storedId(input.id, 'ApiKey', 'id');
      await ctx.access.revokeKey(id);
      return { id };
    },
  }),
}));
