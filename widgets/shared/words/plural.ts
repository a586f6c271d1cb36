/** A phrase with `#` where the number stands, in each form that a language has; `other` stands in for the rest. */
type Forms = { readonly other: string } & { readonly [Form in Intl.LDMLPluralRule]?: string };

/** Words with a number: the form that the language asks for, around the number as it is written. */
export type Counted = (count: number, written: string) => string;

/** @param decimals How many decimals the number is written with; English has `1 day` and `1.0 days`. */
export function counted(language: string, forms: Forms, decimals = 0): Counted {
  const rules = new Intl.PluralRules(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return (count, written) => (forms[rules.select(count)] ?? forms.other).replace('#', written);
}
