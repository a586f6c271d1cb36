import { roundedMoney } from '../../server/domain/money.ts';
import { FORMULAS } from '../../server/engine/models/formula-clv.ts';
import type { FormulaRow } from '../../server/scores/data/runs.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';

const analytics = { scope: 'analytics:read' } as const;

const FormulaMethod = builder.enumType('FormulaMethod', {
  description: 'A rule of thumb for the value of a customer, to compare the models with.',
  values: Object.fromEntries(
    Object.entries(FORMULAS).map(([key, { definition, weakness }]) => [
      key,
      { description: `${definition} ${weakness}` },
    ]),
  ),
});

export const FormulaClv = builder.objectRef<FormulaRow>('FormulaClv').implement({
  description: 'What a customer is worth on average by a formula that the field uses, next to what the models say.',
  authScopes: analytics,
  fields: (t) => ({
    method: t.field({ type: FormulaMethod, description: 'The formula.', resolve: ({ key }) => key }),
    name: t.string({ description: 'English name of the formula.', resolve: ({ key }) => formula(key).name }),
    definition: t.string({ description: 'What it computes.', resolve: ({ key }) => formula(key).definition }),
    weakness: t.string({ description: 'What it leaves out.', resolve: ({ key }) => formula(key).weakness }),
    perCustomer: t.field({
      type: Money,
      nullable: true,
      description: 'Mean value of a customer who ever bought; null where the formula divides by nothing.',
      resolve: ({ perCustomer }, _args, { workspace }) =>
        perCustomer === null ? null : roundedMoney(perCustomer, workspace.currency),
    }),
  }),
});

const formula = (key: string) => FORMULAS[key as keyof typeof FORMULAS];
