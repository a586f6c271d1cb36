import type { FitRow } from '../../server/scores/data/runs.ts';
import { builder } from '../builder.ts';

const analytics = { scope: 'analytics:read' } as const;

const FitProcess = builder.enumType('FitProcess', {
  description: 'The behaviour that a model describes.',
  values: {
    TRANSACTIONS: { description: 'When customers order and when they stop.' },
    SPEND: { description: 'How much a customer spends on an order day.' },
  } as const,
});

export const FitStatus = builder.enumType('FitStatus', {
  description: 'How the maximum likelihood search ended.',
  values: {
    CONVERGED: { description: 'The search reached a maximum of the likelihood.' },
    MAX_ITERATIONS: { description: 'The search reached its limit of iterations while the likelihood still improved.' },
    STALLED: { description: 'The search could not improve the likelihood any further, but had not converged.' },
    FALLBACK: {
      description:
        'A pooled figure replaces the model, because the data are too few or no model did better; see `reason`.',
    },
  } as const,
});

export const ModelParameter = builder.objectRef<ModelParameterShape>('ModelParameter').implement({
  description: 'A fitted parameter.',
  authScopes: analytics,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the parameter in the literature, such as "alpha".' }),
    value: t.exposeFloat('value', { description: 'The estimate. Rates are per week.' }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'Standard error of the estimate. Null when the data do not determine it.',
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

export const ModelFit = builder.prismaObject('ModelFit', {
  description:
    'A model that the run fitted. The chosen models are fitted to the whole workspace; in a very large workspace, the other candidates are fitted to a sample.',
  findUnique: null,
  authScopes: analytics,
  fields: (t) => ({
    process: t.field({
      type: FitProcess,
      description: 'The behaviour that the model describes.',
      resolve: ({ process }) => process as FitRow['process'],
    }),
    model: t.exposeString('model', {
      description:
        'Name of the model: "MBG/NBD", "BG/NBD", "Pareto/NBD", "Gamma-Gamma", or "Pooled rate" and "Pooled mean" for a fallback.',
    }),
    isChosen: t.exposeBoolean('isChosen', {
      description: 'Whether the figures of the run come from this model. The others were candidates.',
    }),
    status: t.field({
      type: FitStatus,
      description: 'How the maximum likelihood search ended.',
      resolve: ({ status }) => status as FitRow['status'],
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description:
        'Why the fit is a fallback, uses a prior, did not converge, or counts customers of very high spend as less. Null for a fit without any of these.',
    }),
    isFallback: t.boolean({
      description: 'Whether a pooled figure replaces a fitted model.',
      resolve: (fit) => fit.status === 'FALLBACK',
    }),
    priorWeight: t.exposeFloat('priorWeight', {
      description:
        'Weight of a prior about shops in general in this fit, 0 to 1. It is 0 when there are enough repeat buyers.',
    }),
    parameters: t.field({
      type: [ModelParameter],
      description: 'The fitted parameters.',
      resolve: (fit) => parametersOf(fit as FitRow),
    }),
    logLikelihood: t.exposeFloat('logLikelihood', {
      nullable: true,
      description:
        'Natural logarithm of the likelihood at the estimates. Null for a fallback of spend and for a candidate that was fitted to a sample.',
    }),
    iterations: t.exposeInt('iterations', {
      nullable: true,
      description: 'Iterations of the search. Null for a fallback.',
    }),
    customers: t.exposeInt('customers', { description: 'Number of customers in the fit.' }),
  }),
});
