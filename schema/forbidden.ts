import type { AuthFailure } from '@pothos/plugin-scope-auth';
import { GraphQLError } from 'graphql';

/** The error of a field that the key may not read, naming the scopes it lacks. */
export function forbidden(failure: AuthFailure): GraphQLError {
  const scopes = missingScopes(failure);
  return new GraphQLError(`this API key lacks the scope ${scopes.join(', ')}`, {
    extensions: { code: 'FORBIDDEN', scopes },
  });
}

function missingScopes(failure: AuthFailure): string[] {
  if ('failures' in failure) return failure.failures.flatMap(missingScopes);
  return 'parameter' in failure ? [String(failure.parameter)] : [];
}
