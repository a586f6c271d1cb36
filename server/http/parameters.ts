import { DomainError } from '../domain/errors.ts';

/** No name, header or state is longer. */
const LONGEST_TEXT = 500;

/** An unknown parameter is refused: mistyped, it would change figures. @throws DomainError BAD_PARAMETER. */
export function checkParameters(
  parameters: URLSearchParams,
  { once, repeated = [] }: { readonly once: readonly string[]; readonly repeated?: readonly string[] },
): void {
  for (const [name, value] of parameters) {
    if (!once.includes(name) && !repeated.includes(name)) {
      throw badParameter(name, `no parameter "${name.slice(0, 40)}": expected ${[...once, ...repeated].join(', ')}`);
    }
    if (once.includes(name) && parameters.getAll(name).length > 1)
      throw badParameter(name, `${name} is given more than once`);
    if (value === '' || value.length > LONGEST_TEXT || value.includes('\0')) {
      throw badParameter(name, `${name} has ${value.length} characters: expected 1 to ${LONGEST_TEXT}, without U+0000`);
    }
  }
}

export const badParameter = (parameter: string, message: string) =>
  new DomainError('BAD_PARAMETER', message, [parameter]);
