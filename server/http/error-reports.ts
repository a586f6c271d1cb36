import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import type { Context } from '../context.ts';
import { DomainError } from '../domain/errors.ts';
import type { Logger } from './logger.ts';

/** Returns errors that callers can mend; everything else is logged under the id of the request and masked. */
export const useErrorReports = (logger: Logger): Plugin<Context> => {
  function mend<Result extends object>(result: Result, requestId: string, setResult: (result: Result) => void): void {
    if (!('errors' in result) || !Array.isArray(result.errors)) return;
    setResult({ ...result, errors: result.errors.map((error: GraphQLError) => report(error, requestId, logger)) });
  }
  return {
    onExecute: () => ({
      onExecuteDone: ({ args, result, setResult }) => mend(result, args.contextValue.requestId, setResult),
    }),
    onSubscribe: () => ({
      onSubscribeResult: ({ args, result, setResult }) => {
        const { requestId } = args.contextValue;
        mend(result, requestId, setResult);
        return { onNext: ({ result, setResult }) => mend(result, requestId, setResult) };
      },
    }),
  };
};

function report(error: GraphQLError, requestId: string, logger: Logger): GraphQLError {
  const { nodes, path } = error;
  const cause = rootOf(error);
  if (cause instanceof GraphQLError) {
    return error.extensions.code === undefined
      ? new GraphQLError(error.message, { nodes, path, extensions: { code: 'BAD_USER_INPUT', ...error.extensions } })
      : error;
  }
  if (cause instanceof DomainError) {
    return new GraphQLError(cause.message, { nodes, path, extensions: { code: cause.code, field: cause.field } });
  }
  logger.error({ err: cause, requestId, path }, 'unexpected error in a resolver');
  const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId };
  return new GraphQLError('unexpected error: report the request id', { nodes, path, extensions });
}

function rootOf(error: GraphQLError): Error {
  const { originalError } = error;
  return originalError instanceof GraphQLError ? rootOf(originalError) : (originalError ?? error);
}
