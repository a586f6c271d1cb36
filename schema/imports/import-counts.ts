import { exactMoney, type Money as MoneyShape } from '../../server/domain/money.ts';
import type { FoundWarning } from '../../server/imports/data/import-jobs.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';

interface Count {
  readonly name: string;
  readonly count: number;
}

/** Most frequent first. */
export const countsOf = (counts: Readonly<Record<string, number>>): Count[] =>
  Object.entries(counts)
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count);

export const RejectedCount = builder.objectRef<Count>('RejectedCount').implement({
  description: 'Rows of an import that were rejected for the same reason.',
  fields: (t) => ({
    reason: t.exposeString('name', { description: 'Reason, a stable identifier for programs.' }),
    count: t.exposeInt('count', { description: 'Number of rows.' }),
  }),
});

export const ExcludedCount = builder.objectRef<Count>('ExcludedCount').implement({
  description: 'Rows of an import that were left out for the same reason.',
  fields: (t) => ({
    state: t.exposeString('name', {
      description:
        'What the state of the order means: CANCELLED, PENDING, FAILED, VOIDED, TEST or DRAFT; NOT_AN_ORDER for rows such as payouts. Of events and campaigns, what the row is, such as OTHER_EVENT or NOT_OPENED.',
    }),
    count: t.exposeInt('count', { description: 'Number of rows.' }),
  }),
});

interface Warning extends Pick<FoundWarning, 'code' | 'count'> {
  readonly amount: MoneyShape | null;
}

export const warningsIn = (currency: string, warnings: readonly FoundWarning[]): Warning[] =>
  warnings.map((warning) => ({
    ...warning,
    amount: warning.amount === null ? null : exactMoney(warning.amount, currency),
  }));

export const ImportWarning = builder.objectRef<Warning>('ImportWarning').implement({
  description: 'What whoever imports should look at, because it may be wrong.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'Kind of warning, a stable identifier for programs, such as DUPLICATE_ROWS.',
    }),
    count: t.exposeInt('count', { description: 'Number of rows, orders or refunds.' }),
    amount: t.expose('amount', {
      type: Money,
      nullable: true,
      description: 'Amount of these rows or refunds. Null where the warning is not about money.',
    }),
  }),
});
