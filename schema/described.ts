/** Values of an enum type from a list of names and a description of each. */
export const described = <Name extends string>(names: readonly Name[], of: Readonly<Record<Name, string>>) =>
  Object.fromEntries(names.map((name) => [name, { description: of[name] }])) as Record<Name, { description: string }>;
