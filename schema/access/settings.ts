import type { CallerWorkspace } from '../../server/access/caller.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { orDomainError } from '../or-domain-error.ts';
import { CURRENCY_DISPLAY, CurrencyDisplay, Revenue, TIME_ZONE, Workspace } from './workspace.ts';

const writing = { scope: 'settings:write' } as const;

const UpdateSettingsInput = builder.inputType('UpdateSettingsInput', {
  description: 'The settings to change. An absent setting stays as it is; null restores the default.',
  fields: (t) => ({
    marginRate: t.float({
      description:
        'Share of revenue that new analyses count as value, 0 to 1. Null, the default, uses the margin that known costs imply.',
    }),
    annualDiscountRate: t.float({
      description:
        'Effective annual discount rate of new analyses: 0, or 0.005 to 5. The default is 0.1, which is 10%.',
    }),
    timeZone: t.string({ description: `${TIME_ZONE} The default is UTC.` }),
    revenue: t.field({ type: Revenue, description: 'What new analyses count as revenue. The default is NET_SALES.' }),
    currencyDisplay: t.field({ type: CurrencyDisplay, description: `${CURRENCY_DISPLAY} The default is SYMBOL.` }),
  }),
});

const SavedSettings = builder.objectRef<{ readonly workspace: CallerWorkspace }>('SavedSettings').implement({
  description: 'The settings after a change.',
  authScopes: writing,
  fields: (t) => ({
    workspace: t.expose('workspace', { type: Workspace, description: 'The workspace with its settings.' }),
  }),
});

builder.mutationField('updateSettings', (t) =>
  t.field({
    type: SavedSettings,
    description:
      'Changes settings of the workspace. Margin, discount rate, time zone and revenue apply from the next analysis; the published run stays as it is.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('UpdateSettingsResult', 'The settings, or what was wrong with the change.'),
    args: { input: t.arg({ type: UpdateSettingsInput, required: true, description: 'The settings to change.' }) },
    resolve: async (_root, { input }, ctx) => ({
      workspace: { ...ctx.workspace, ...(await ctx.access.updateSettings(input)) },
    }),
  }),
);
