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

builder.subscriptionType({ description: 'Updates from the workspace of the API key, as server-sent events.' });

builder.subscriptionField('campaignResults', (t) =>
  t.field({
    type: CampaignResults,
    description:
      'Results of a campaign: at once, and again when exposures or orders are stored or a run is published. Use the `alwaysValid` intervals while the campaign runs. The stream ends after an hour; connect again.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      campaign: t.arg.id({ required: true, description: 'Id of the campaign.' }),
      windowDays: t.arg.int({
        description: 'Days after the assignment in which orders count, 1 to 365. Default: the window of the campaign.',
      }),
      metric: t.arg({
        type: CampaignMetric,
        defaultValue: 'REVENUE',
        description: 'Metric to compare the variants by.',
      }),
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
