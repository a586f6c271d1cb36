import { DomainError } from '../../domain/errors.ts';
import { bgNbd } from './bg-nbd.ts';
import { gammaGamma } from './gamma-gamma.ts';
import { mbgCnbd } from './mbg-cnbd.ts';
import { mbgNbd } from './mbg-nbd.ts';
import { nbd } from './nbd.ts';
import { paretoNbd } from './pareto-nbd.ts';
import { pooledRate, pooledSpend } from './pooled-rate.ts';
import type { Fit, SpendModel, TransactionModel } from './types.ts';

const TRANSACTION_MODELS = [bgNbd, mbgNbd, mbgCnbd, paretoNbd, nbd, pooledRate] as const;
const SPEND_MODELS = [gammaGamma, pooledSpend] as const;

/** `never`: only the parameters of its own fit may go in. */
interface Fitted<Model> {
  readonly model: Model;
  readonly parameters: never;
}

function fitted<Model extends { readonly name: string }>(models: readonly Model[], fit: Fit<unknown>): Fitted<Model> {
  const model = models.find((candidate) => candidate.name === fit.model);
  if (model === undefined)
    throw new DomainError(
      'UNKNOWN_MODEL',
      `Unknown model ${fit.model}; known: ${models.map((m) => m.name).join(', ')}.`,
    );
  return { model, parameters: fit.parameters as never };
}

/** The model of a fit by its name, so that fits read back from storage work like fresh ones. @throws DomainError UNKNOWN_MODEL. */
export const fittedTransactions = (fit: Fit<unknown>) =>
  fitted<TransactionModel<never>>(TRANSACTION_MODELS as never, fit);

export const fittedSpend = (fit: Fit<unknown>) => fitted<SpendModel<never>>(SPEND_MODELS as never, fit);
