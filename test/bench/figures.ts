/** What a case of the bench measured, by name. */
export type Figures = Readonly<Record<string, number | string>>;
