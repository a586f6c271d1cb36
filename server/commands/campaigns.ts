import { InvalidArgumentError, Option } from 'commander';
import { findWorkspace } from '../access/data/workspaces.ts';
import { campaignResults } from '../campaigns/campaign-results.ts';
import { noSuchCampaign } from '../campaigns/campaign-rules.ts';
import { findCampaigns, listAllCampaigns } from '../campaigns/data/campaigns.ts';
import { readResultsRequest } from '../campaigns/read-results-request.ts';
import {
  CAMPAIGN_COVARIATES,
  CAMPAIGN_DIMENSIONS,
  CAMPAIGN_METRICS,
  type Campaign,
  type CampaignCovariate,
  type CampaignDimension,
  type CampaignMetric,
} from '../domain/campaigns.ts';
import { counted } from '../domain/counted.ts';
import { campaignId } from '../domain/ids.ts';
import { roundedMoney } from '../domain/money.ts';
import { SEGMENT_NAME, type Segment } from '../domain/segments.ts';
import { returnText } from '../engine/experiments/figure-text.ts';
import type { CampaignResults, GroupVariantResult, VariantResult } from '../engine/experiments/result-types.ts';
import type { Estimate, Interval } from '../engine/experiments/types.ts';
import { type CommonOptions, command, print, withDatabase } from './command.ts';
import { table, wrapped } from './layout.ts';

interface Options extends CommonOptions {
  readonly window?: number;
  readonly metric: CampaignMetric;
  readonly by?: readonly CampaignDimension[];
  readonly covariate: CampaignCovariate;
  readonly winsorize?: number;
}

const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number.');
  return value;
};

export const campaignsCommand = command('campaigns')
  .argument('[name]', 'the campaign to show')
  .option('--window <days>', "days after the assignment in which orders count (default: the campaign's)", number)
  .addOption(
    new Option('--metric <metric>', 'metric to compare the variants by').choices(CAMPAIGN_METRICS).default('REVENUE'),
  )
  .addOption(
    new Option('--by <dimensions...>', 'dimensions to split the results by, at most two').choices(CAMPAIGN_DIMENSIONS),
  )
  .addOption(
    new Option('--covariate <name>', 'covariate to adjust lifts by')
      .choices(CAMPAIGN_COVARIATES)
      .default('PRIOR_REVENUE'),
  )
  .option(
    '--winsorize <quantile>',
    'set larger values of a customer to this quantile of the buyers, such as 0.99',
    number,
  )
  .action(async (name: string | undefined, options: Options) => {
    await withDatabase(async ({ pool }) => {
      const workspace = await findWorkspace(pool, options.workspace);
      if (name === undefined) {
        const campaigns = await listAllCampaigns(pool, workspace.id);
        print(options, { campaigns }, campaigns.length === 0 ? 'no campaign yet' : list(campaigns));
        return;
      }
      const [campaign] = await findCampaigns(pool, { workspaceId: workspace.id }, [campaignId(workspace.id, name)]);
      if (campaign == null) throw noSuchCampaign(name, ['name']);
      const { window: windowDays, winsorize: winsorizeAt, ...rest } = options;
      const request = readResultsRequest({ ...rest, windowDays, winsorizeAt }, campaign, false);
      const view = { workspaceId: workspace.id, runId: workspace.publishedRunId };
      const { currency } = workspace;
      const results = await campaignResults({ pool, view, currency, now: new Date() }, campaign, request);
      print(options, { campaign: campaign.name, currency, ...results }, report(campaign, results, currency));
    });
  });

const list = (campaigns: readonly Campaign[]) =>
  table(
    ['name', 'kind', 'channel', 'trigger', 'status', 'started'],
    campaigns.map(({ name, kind, channel, trigger, status, startedAt }) => [
      name,
      words(kind),
      words(channel),
      words(trigger),
      words(status),
      startedAt === null ? '' : startedAt.toISOString().slice(0, 10),
    ]),
  );

const words = (name: string) => name.toLowerCase().replaceAll('_', ' ');

function report(campaign: Campaign, results: CampaignResults, currency: string): string {
  const { evidenceText, metric, windowDays, correction, variants, groups, by } = results;
  const head = [evidenceText, `${words(metric)} per customer in ${counted(windowDays, 'day')}; ${correction}`];
  const split = groups.flatMap(({ group, variants: rows }) => [
    '',
    wrapped(by.map((dimension, i) => `${words(dimension)}: ${groupName(dimension, group[i])}`).join(', ')),
    tables(campaign, rows, metric, currency),
  ]);
  return [...head.map((text) => wrapped(text)), '', tables(campaign, variants, metric, currency), ...split].join('\n');
}

const groupName = (dimension: CampaignDimension, group: string | null | undefined): string =>
  (dimension === 'SEGMENT' ? SEGMENT_NAME[group as Segment] : group) ?? group ?? 'unknown';

type Row = VariantResult | GroupVariantResult;

const STEPS = ['variant', 'customers', 'open', 'sent', 'opened', 'clicked', 'converted'];
const MONEY_METRICS: readonly CampaignMetric[] = ['REVENUE', 'MARGIN', 'CLV'];

/** What became of each variant's customers, then what the variants caused. */
function tables({ variants }: Campaign, rows: readonly Row[], metric: CampaignMetric, currency: string): string {
  const nameOf = ({ variantId }: Row) => {
    const { name, isControl } = variants.find(({ id }) => id === variantId)!;
    return isControl && name.toLowerCase() !== 'control' ? `${name} (control)` : name;
  };
  const isMoney = MONEY_METRICS.includes(metric);
  const unit = isMoney ? `, ${currency}` : '';
  const figure = (value: number) => (isMoney ? roundedMoney(value, currency).amount : fourDigits(value));
  return [
    table(
      STEPS,
      rows.map((row) => [nameOf(row), ...steps(row)]),
    ),
    table(
      ['variant', `mean${unit}`, `lift${unit}, 95%`, 'p', 'P(best)', 'return on spend'],
      rows.map((row) => [nameOf(row), ...effects(row, metric, figure)]),
    ),
  ].join('\n\n');
}

function steps({ customers, open, steps: { sent, opened, clicked, converted } }: Row): string[] {
  const share = (estimate: Estimate | null) => (estimate === null ? '' : `${(100 * estimate.value).toFixed(1)}%`);
  return [
    `${customers}`,
    open === null ? '' : `${open}`,
    `${sent.count}`,
    share(opened.share),
    share(clicked.share),
    share(converted.share),
  ];
}

function effects(
  { means, lift, probabilityBest, incremental }: Row,
  metric: CampaignMetric,
  figure: (value: number) => string,
): string[] {
  const range = ({ low, high }: Interval) => `${figure(low)} to ${figure(high)}`;
  const mean = means[metric];
  return [
    mean === null ? '' : figure(mean.value),
    lift === null ? '' : `${figure(lift.absolute.value)} (${range(lift.absolute.interval)})`,
    lift === null ? '' : lift.adjustedPValue.toFixed(4),
    probabilityBest === null ? '' : `${(100 * probabilityBest).toFixed(1)}%`,
    incremental?.returnOnSpend ? returnText(incremental.returnOnSpend) : '',
  ];
}

const fourDigits = (value: number) => Number(value.toPrecision(4)).toString();
