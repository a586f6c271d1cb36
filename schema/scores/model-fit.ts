import type { FitRow } from '../../server/scores/data/runs.ts';
import { builder } from '../builder.ts';

const analytics = { scope: 'analytics:read' } as const;

const FitProcess = builder.enumType('FitProcess', {
  description: 'What a model describes.',
  values: {
    TRANSACTIONS: { description: 'When customers order and when they stop.' },
    SPEND: { description: 'How much a customer spends on a day with orders.' },
  } as const,
});

export const FitStatus = builder.enumType('FitStatus', {
  description: 'How the search for a model’s parameters ended.',
  values: {
    CONVERGED: { description: 'The likelihood cannot be improved any further.' },
    MAX_ITERATIONS: { description: 'The search was stopped while the likelihood was still improving.' },
    STALLED: { description: 'The search could make no more progress before it converged.' },
    FALLBACK: {
      description:
        'A pooled figure stands in for a model, for want of data or because no model did better: see the reason.',
    },
  } as const,
});

export const ModelParameter = builder.objectRef<ModelParameterShape>('ModelParameter').implement({
  description: 'A fitted parameter.',
  authScopes: analytics,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The letter that the literature gives it, such as "alpha".' }),
    value: t.exposeFloat('value', { description: 'The estimate; rates are per week.' }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'Standard error of the estimate; null where the data do not settle it.',
    }),
  }),
});

interface ModelParameterShape {
  readonly name: string;
  readonly value: number;
  readonly standardError: number | null;
}

export const parametersOf = ({ parameters, standardErrors }: Pick<FitRow, 'parameters' | 'standardErrors'>) =>
  Object.entries(parameters).map(([name, value]) => ({ name, value, standardError: standardErrors?.[name] ?? null }));

export const ModelFit = builder.objectRef<FitRow>('ModelFit').implement({
  description:
    'A model that a run fitted: the chosen ones to the whole workspace, candidates of a very large one to a sample.',
  authScopes: analytics,
  fields: (t) => ({
    process: t.expose('process', { type: FitProcess, description: 'What the model describes.' }),
    model: t.exposeString('model', {
      description:
        'Name of the model: "MBG/NBD", "BG/NBD", "Pareto/NBD", "Gamma-Gamma", or "Pooled rate" and "Pooled mean" for a fallback.',
    }),
    isChosen: t.exposeBoolean('isChosen', {
      description: 'Whether the figures of the run come from it; the others of its process were candidates.',
    }),
    status: t.expose('status', { type: FitStatus, description: 'How the search for the parameters ended.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why the fit is a fallback, leans on a prior or did not converge; null for a plain sound fit.',
    }),
    isFallback: t.boolean({
      description: 'Whether a pooled figure stands in for a fitted model.',
      resolve: (fit) => fit.status === 'FALLBACK',
    }),
    priorWeight: t.exposeFloat('priorWeight', {
      description:
        'How much of what the fit knows comes from a prior about shops in general, 0 to 1; 0 where there are enough repeat buyers to do without.',
    }),
    parameters: t.field({
      type: [ModelParameter],
      description: 'The fitted parameters.',
      resolve: parametersOf,
    }),
    logLikelihood: t.exposeFloat('logLikelihood', {
      nullable: true,
      description:
        'Natural logarithm of the likelihood at the estimates; null for a fallback of spend, and for a candidate fitted to a sample.',
    }),
    iterations: t.exposeInt('iterations', { nullable: true, description: 'Steps of the search; null for a fallback.' }),
    customers: t.exposeInt('customers', { description: 'Customers that the fit is made from.' }),
  }),
});
