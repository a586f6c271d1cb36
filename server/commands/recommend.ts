import { Option } from 'commander';

import { findWorkspace } from '../access/data/workspaces.ts';
import { counted } from '../domain/counted.ts';
import { RECOMMENDATION_KINDS, type RecommendationKind } from '../domain/recommendations.ts';
import { recommendTo } from '../recommendations/recommend-to.ts';
import { readListRequest } from '../recommendations/serve-recommendations.ts';
import { type CommonOptions, command, print, withDatabase } from './command.ts';
import { table, wrapped } from './layout.ts';

interface Options extends CommonOptions {
  readonly customer: string;
  readonly kinds?: readonly RecommendationKind[];
  readonly placement?: string;
  readonly first: string;
}

export const recommendCommand = command('recommend')
  .requiredOption('-c, --customer <id>', "the shop's own id of the customer")
  .addOption(new Option('--kinds <kinds...>', 'only recommendations of these kinds').choices(RECOMMENDATION_KINDS))
  .option('--placement <name>', 'placement whose filters and control group apply')
  .option('-n, --first <count>', 'maximum number of recommendations, 1 to 24', '5')
  .action(async ({ customer, kinds, placement, first, ...options }: Options) => {
    const request = { ...readListRequest({ kinds, first: Number(first) }), placement: placement ?? null };
    const list = await withDatabase(async ({ pool }) =>
      recommendTo(pool, await findWorkspace(pool, options.workspace), customer, request),
    );
    const rows = list.recommendations.map(
      ({ rank, kind, product, probability, expectedMargin, expectedOn, reason }) => [
        `${rank}`,
        kind.toLowerCase().replace('_', '-'),
        product.name ?? product.externalId,
        probability === null ? '' : `${(100 * probability).toFixed(1)}% in ${counted(list.horizonDays, 'day')}`,
        expectedMargin === null ? '' : `${expectedMargin.amount} ${expectedMargin.currency}`,
        expectedOn === null ? '' : `about ${expectedOn}`,
        reason.text,
      ],
    );
    const head = list.reason === null ? [] : [wrapped(list.reason)];
    print(options, list, [...head, ...(rows.length === 0 ? [] : [table(COLUMNS, rows)])].join('\n'));
  });

const COLUMNS = ['rank', 'kind', 'product', 'probability', 'margin', 'expected', 'reason'];
