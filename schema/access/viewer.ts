import { encodeGlobalID } from '@pothos/plugin-relay';

import type { Caller } from '../../server/access/caller.ts';
import { builder } from '../builder.ts';
import { KeyKind } from './api-key.ts';
import { Workspace } from './workspace.ts';

const Viewer = builder.objectRef<Caller>('Viewer').implement({
  description: 'The API key of the request.',
  fields: (t) => ({
    id: t.id({ description: 'Id of the key.', resolve: ({ key }) => encodeGlobalID('ApiKey', key.id) }),
    name: t.string({ description: 'Name of the key.', resolve: ({ key }) => key.name }),
    kind: t.field({ type: KeyKind, description: 'Where the key may be used.', resolve: ({ key }) => key.kind }),
    scopes: t.stringList({ description: 'What the key may do.', resolve: ({ key }) => [...key.scopes] }),
    lastFour: t.string({ description: 'Last four characters of the key.', resolve: ({ key }) => key.lastFour }),
    workspace: t.field({
      type: Workspace,
      description: 'The workspace that the key belongs to.',
      resolve: ({ workspace }) => workspace,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'The API key of the request. It needs no scope.',
    resolve: (_root, _args, { key, workspace }) => ({ key, workspace }),
  }),
);
