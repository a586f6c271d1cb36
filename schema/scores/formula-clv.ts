import { roundedMoney } from '../../server/domain/money.ts';
import { FORMULAS } from '../../server/engine/models/formula-clv.ts';
import type { FormulaRow } from '../../server/scores/data/runs.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';

const analytics = { scope: 'analytics:read' } as const;

const FormulaMethod = builder.enumType('FormulaMethod', {
  description: 'A textbook formula for the value of a customer.',
  values: Object.fromEntries(
    Object.entries(FORMULAS).map(([key, { definition, weakness }]) => [
      key,
      { description: `${definition} ${weakness}` },
    ]),
  ),
});

export const FormulaClv = builder.objectRef<FormulaRow>('FormulaClv').implement({
  description: 'Mean value of a customer by a textbook formula, to compare with the models.',
  authScopes: analytics,
  fields: (t) => ({
    method: t.field({ type: FormulaMethod, description: 'The formula.', resolve: ({ key }) => key }),
    name: t.string({ description: 'English name of the formula.', resolve: ({ key }) => formula(key).name }),
    definition: t.string({ description: 'What the formula computes.', resolve: ({ key }) => formula(key).definition }),
    weakness: t.string({ description: 'What the formula ignores.', resolve: ({ key }) => formula(key).weakness }),
    perCustomer: t.field({
      type: Money,
      nullable: true,
      description: 'Mean value per customer with an order. Null when the formula would divide by zero.',
      resolve: ({ perCustomer }, _args, { workspace }) =>
        perCustomer === null ? null : roundedMoney(perCustomer, workspace.currency),
    }),
  }),
});

const formula = (key: string) => FORMULAS[key as keyof typeof FORMULAS];
