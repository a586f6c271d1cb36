import { GraphQLClient } from 'graphql-request';

const { PERENNIAL_URL = 'http://127.0.0.1:4000/graphql', PERENNIAL_KEY } = process.env;
if (PERENNIAL_KEY === undefined) throw new Error('PERENNIAL_KEY is not set: npx perennial keys create makes a key');

/** Opens the workspace of the key. */
export const client = new GraphQLClient(PERENNIAL_URL, { headers: { authorization: `Bearer ${PERENNIAL_KEY}` } });

type Refusal = { readonly __typename: 'DomainError'; readonly code: string; readonly message: string };

/** The result of a mutation. @throws With the server's reason for refusing it. */
export function result<Answer extends { readonly __typename: string }>(answer: Answer): Exclude<Answer, Refusal> {
  if (isRefusal(answer)) throw new Error(`${answer.code}: ${answer.message}`);
  return answer as Exclude<Answer, Refusal>;
}

const isRefusal = (answer: { readonly __typename: string }): answer is Refusal => answer.__typename === 'DomainError';
