import { complexityFromQuery } from '@pothos/plugin-complexity';
import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import type { Context } from '../../schema/context.ts';
import { COST_LIMIT } from '../../schema/cost.ts';

/** Refuses a document with more than one operation: limits look at the first. */
export const useOneOperation = (): Plugin => ({
  onValidate: ({ addValidationRule }) => addValidationRule(oneOperation),
});

const oneOperation = (context: ValidationContext): ASTVisitor => ({
  Document: ({ definitions }) => {
    const operations = definitions.filter((definition) => definition.kind === 'OperationDefinition');
    if (operations.length <= 1) return;
    const message = `expected one operation, got ${operations.length}`;
    context.reportError(new GraphQLError(message, { nodes: operations, extensions: { code: 'ONE_OPERATION' } }));
  },
});

/**
 * Refuses an operation that would cost too much, before any of it runs.
 * The cost depends on variables, so a validation rule will not do: validation is skipped for a document seen before.
 */
export const useCostLimit = (): Plugin<Context> => ({
  onExecute: ({ args: { schema, document, contextValue, variableValues }, setResultAndStopExecution }) => {
    try {
      const { complexity } = complexityFromQuery(document, {
        schema,
        ctx: contextValue,
        variables: variableValues ?? {},
      });
      if (complexity <= COST_LIMIT) return;
      setResultAndStopExecution({ errors: [tooCostly(complexity)] });
    } catch (error) {
      // Arguments that cannot be priced cannot be executed either.
      setResultAndStopExecution({ errors: [asGraphQLError(error)] });
    }
  },
});

const tooCostly = (requestedQueryCost: number) =>
  new GraphQLError(
    `this operation would cost ${requestedQueryCost}, more than ${COST_LIMIT}: ask for smaller pages or fewer fields`,
    { extensions: { code: 'MAX_COST_EXCEEDED', requestedQueryCost, limit: COST_LIMIT, http: { status: 400 } } },
  );

const asGraphQLError = (error: unknown) =>
  error instanceof GraphQLError ? error : new GraphQLError('invalid arguments', { originalError: error as Error });
