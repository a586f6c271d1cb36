import type { Context } from '../../server/context.ts';
import type { CustomerRow, CustomerScore } from '../../server/customers/data/customer-columns.ts';
import { roundedMoney } from '../../server/domain/money.ts';
import { HORIZON_MONTHS, HORIZONS, type Horizon as HorizonValue } from '../../server/domain/period.ts';
import type { RunRow } from '../../server/scores/data/runs.ts';
import { actBeforeDate } from '../../server/scores/explain-customer.ts';
import { customersHeld } from '../../server/scores/forecast-error-at.ts';
import { builder } from '../builder.ts';
import { Customer } from '../customers/customer.ts';
import { Horizon } from '../enums.ts';
import { Money } from '../money.ts';
import { AnalysisRun } from './analysis-run.ts';
import { ClvInterval } from './clv-interval.ts';

const reading = { scope: 'customers:read' } as const;

/** A field from the score of a customer; null for a Prospect, and where no run includes the customer. */
export const scoreOfBuyer = ({ score }: CustomerRow): CustomerScore | null =>
  score === null || score.segment === 'PROSPECT' ? null : score;

/** What a run foretells of a customer who ever bought; null for everybody else, and where the run has no values. */
export async function scoredRun<Result>(
  customer: CustomerRow,
  { loaders, workspace: { publishedRunId } }: Context,
  tell: (score: CustomerScore, run: RunRow) => Result,
): Promise<Awaited<Result> | null> {
  const score = scoreOfBuyer(customer);
  if (!score?.isValued) return null;
  const run = publishedRunId && (await loaders.run.load(publishedRunId));
  return run ? await tell(score, run) : null;
}

const Rfm = builder.objectRef<CustomerScore>('Rfm').implement({
  description: 'RFM scores of a customer, compared with all customers of the run.',
  authScopes: reading,
  fields: (t) => ({
    recency: t.exposeInt('recency', { description: 'Score of the last order day, 1 (longest ago) to 5 (latest).' }),
    frequency: t.exposeInt('frequency', { description: 'Score of the number of order days, 1 (fewest) to 5 (most).' }),
    monetary: t.exposeInt('monetary', {
      description:
        'Score of the net margin when the costs of every buyer are known, otherwise of the net revenue, 1 (lowest) to 5 (highest).',
    }),
    daysSinceLastOrder: t.exposeInt('daysSinceLastOrder', {
      nullable: true,
      description: 'Days from the last order to the as-of day of the run.',
    }),
    orderDays: t.exposeInt('orderDays', {
      description: 'Number of days with at least one order that was not fully refunded.',
    }),
  }),
});

interface ClvShape {
  readonly score: CustomerScore;
  readonly run: RunRow;
  readonly horizon: HorizonValue;
}

const Clv = builder.objectRef<ClvShape>('Clv').implement({
  description: 'Customer lifetime value: the discounted margin of the orders that are expected within a horizon.',
  authScopes: reading,
  fields: (t) => ({
    value: t.field({
      type: Money,
      description: 'The value, discounted to the as-of day of the run.',
      resolve: ({ score, horizon }, _args, { workspace }) =>
        roundedMoney(score.clv[HORIZON_MONTHS[horizon]], workspace.currency),
    }),
    interval: t.field({
      type: ClvInterval,
      nullable: true,
      description: 'Interval of the value. Null in runs that stored no intervals.',
      resolve: ({ score: { clvP10, clvP50, clvP90 }, horizon }) => {
        const i = HORIZONS.indexOf(horizon);
        const [p10, p50, p90] = [clvP10?.[i], clvP50?.[i], clvP90?.[i]];
        return p10 === undefined || p50 === undefined || p90 === undefined ? null : { p10, p50, p90 };
      },
    }),
    measuredCoverage: t.float({
      nullable: true,
      description:
        'Share of customers whose revenue fell within such an interval in the backtest of the run, 0 to 1, for the measured horizon nearest in length. More than 0.8 is right: see `CoverageCount.promised`. Null when nothing could be measured.',
      resolve: ({ run, horizon }) => customersHeld(run.coverage, horizon),
    }),
    expectedOrderDays: t.float({
      description: 'Expected order days within the horizon.',
      resolve: ({ score, horizon }) => score.expectedOrderDays[HORIZON_MONTHS[horizon]],
    }),
    expectedSpend: t.field({
      type: Money,
      description: 'Expected revenue per order day.',
      resolve: ({ score }, _args, { workspace }) => roundedMoney(score.expectedSpend, workspace.currency),
    }),
    probabilityAlive: t.float({
      nullable: true,
      description: 'Probability that the customer is still active on the as-of day, 0 to 1. Null for a fallback.',
      resolve: ({ score }) => score.probabilityAlive,
    }),
    horizon: t.expose('horizon', { type: Horizon, description: 'Period that the value covers, from the as-of day.' }),
    horizonMonths: t.int({
      description: 'Length of the horizon in months.',
      resolve: ({ horizon }) => HORIZON_MONTHS[horizon],
    }),
    annualDiscountRate: t.float({
      description: 'Effective annual discount rate; 0.1 is 10%.',
      resolve: ({ run }) => run.annualDiscountRate,
    }),
    marginRate: t.float({
      description: 'Share of revenue that is counted as value, 0 to 1.',
      resolve: ({ run }) => run.marginRate,
    }),
    model: t.string({
      description: 'The models of transactions and spend, such as "MBG/NBD + Gamma-Gamma".',
      resolve: ({ run }) =>
        chosen(run)
          .map((fit) => fit.model)
          .join(' + '),
    }),
    isFallback: t.boolean({
      description: 'Whether a pooled figure replaces one of the models; see `run { fits { reason } }`.',
      resolve: ({ run }) => chosen(run).some((fit) => fit.status === 'FALLBACK'),
    }),
    run: t.expose('run', { type: AnalysisRun, description: 'The run that computed the value.' }),
  }),
});

const chosen = ({ fits }: RunRow) => fits.filter(({ isChosen }) => isChosen);

const CHURN_DAYS = 90;

interface ChurnShape extends CustomerScore {
  readonly run: RunRow;
}

const Churn = builder.objectRef<ChurnShape>('Churn').implement({
  description: 'Risk that a customer does not order again, and the money at stake.',
  authScopes: reading,
  fields: (t) => ({
    probability: t.exposeFloat('churn90', {
      description: 'Probability of no order within 90 days from the as-of day, 0 to 1.',
    }),
    withinDays: t.int({ description: 'Window of `probability`, in days.', resolve: () => CHURN_DAYS }),
    probabilityAlive: t.exposeFloat('probabilityAlive', {
      nullable: true,
      description: 'Probability that the customer is still active on the as-of day, 0 to 1. Null for a fallback.',
    }),
    actBefore: t.field({
      complexity: { field: 20 },
      type: 'Date',
      nullable: true,
      description:
        'Day on which `probabilityAlive` falls below a threshold if the customer does not order. The day may be in the past. Null when it never does, and for a fallback.',
      args: {
        threshold: t.arg.float({
          required: true,
          defaultValue: 0.5,
          description: 'Threshold of `probabilityAlive`, between 0 and 1.',
        }),
      },
      resolve: ({ run, ...score }, { threshold }) => actBeforeDate(score, run, threshold),
    }),
    moneyAtRisk: t.field({
      type: Money,
      description: '12-month CLV multiplied by `probability`.',
      resolve: ({ moneyAtRisk }, _args, { workspace }) => roundedMoney(moneyAtRisk, workspace.currency),
    }),
  }),
});

builder.objectFields(Customer, (t) => ({
  rfm: t.field({
    type: Rfm,
    nullable: true,
    description: 'RFM scores. Null for Prospects and until a published run includes the customer.',
    resolve: scoreOfBuyer,
  }),
  clv: t.field({
    type: Clv,
    nullable: true,
    description:
      'Customer lifetime value. Null for Prospects, until a published run includes the customer, and when the run has a `noValueReason`.',
    args: {
      horizon: t.arg({
        type: Horizon,
        defaultValue: 'P12M',
        description: 'Period that the value covers, from the as-of day.',
      }),
    },
    resolve: (customer, { horizon }, ctx) =>
      scoredRun(customer, ctx, (score, run) => ({ score, run, horizon: horizon ?? 'P12M' })),
  }),
  churn: t.field({
    type: Churn,
    nullable: true,
    description:
      'Risk of losing the customer. Null for Prospects, until a published run includes the customer, and when the run has a `noValueReason`.',
    resolve: (customer, _args, ctx) => scoredRun(customer, ctx, (score, run) => ({ ...score, run })),
  }),
  daysSinceLastOrder: t.int({
    nullable: true,
    description:
      'Days from the last order to the as-of day. Null for Prospects and until a published run includes the customer.',
    resolve: (customer) => scoreOfBuyer(customer)?.daysSinceLastOrder ?? null,
  }),
}));
