import type { CampaignState } from '../../server/campaigns/data/campaign-state.ts';
import { readResultsRequest } from '../../server/campaigns/read-results-request.ts';
import { DomainError } from '../../server/domain/errors.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { storedId } from '../node-id.ts';
import { isSelectedBelow } from '../selection.ts';
import { CampaignMetric } from './campaign-enums.ts';
import { CampaignResults } from './campaign-results.ts';

const reading = { scope: 'campaigns:read' } as const;

builder.subscriptionType({ description: 'News from the workspace of the API key, by server-sent events.' });

builder.subscriptionField('campaignResults', (t) =>
  t.field({
    type: CampaignResults,
    description:
      'The results of a campaign now, and again whenever exposures or orders come in or a run is published. Go by `alwaysValid` intervals while you watch. Ends after an hour: connect again.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      campaign: t.arg.id({ required: true, description: 'Id of the campaign.' }),
      windowDays: t.arg.int({
        description: 'Days after the assignment in which orders count, 1 to 365; the campaign’s when absent.',
      }),
      metric: t.arg({ type: CampaignMetric, defaultValue: 'REVENUE', description: 'What to judge it by.' }),
    },
    subscribe: async (_root, { campaign, ...args }, ctx) => {
      const id = storedId(campaign, 'Campaign', 'campaign');
      const found = await ctx.loaders.campaign.load(id);
      if (found === null) {
        throw new DomainError('NO_SUCH_CAMPAIGN', 'the workspace has no such campaign', ['campaign']);
      }
      readResultsRequest(args, found, false);
      return ctx.campaigns.watch(id);
    },
    resolve: async ({ campaign, runId }: CampaignState, { campaign: _, ...args }, ctx, info) => {
      const request = readResultsRequest(args, campaign, isSelectedBelow(info, 'clv'));
      return { ...(await ctx.campaigns.results(campaign, request, runId)), campaign };
    },
  }),
);
