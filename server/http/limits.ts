import { complexityFromQuery } from '@pothos/plugin-complexity';
import { type ASTVisitor, type ExecutionArgs, GraphQLError, type ValidationContext, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { COST_LIMIT } from '../../schema/cost.ts';
import type { Context } from '../context.ts';

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

/** No id, cursor, name or search is longer. */
const LONGEST_TEXT = 500;
const LONGEST_LIST = 1000;

/** Refuses operations, subscriptions among them, before any of them runs. @param refuse Null to let one through. */
const useRefusal = (refuse: (args: ExecutionArgs) => GraphQLError | null): Plugin<Context> => ({
  onExecute: ({ args, setResultAndStopExecution }) => {
    const error = refuse(args);
    if (error !== null) setResultAndStopExecution({ errors: [error] });
  },
  onSubscribe: ({ args, setResultAndStopExecution }) => {
    const error = refuse(args);
    if (error !== null) setResultAndStopExecution({ errors: [error] });
  },
});

/** Refuses texts and lists that no argument needs to be so long, and the character that no text column can hold. */
export const useInputLimits = (): Plugin<Context> =>
  useRefusal(({ document, variableValues }) => {
    const faults = new Set<string>();
    const check = (value: unknown): void => {
      if (typeof value === 'string') {
        if (value.length > LONGEST_TEXT)
          faults.add(`a text of ${value.length} characters: expected at most ${LONGEST_TEXT}`);
        if (value.includes('\0')) faults.add('a text with the character U+0000');
      } else if (Array.isArray(value) && value.length > LONGEST_LIST) {
        faults.add(`a list of ${value.length}: expected at most ${LONGEST_LIST}`);
      } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(check);
    };
    check(variableValues ?? {});
    visit(document, { StringValue: ({ value }) => check(value) });
    const [fault] = faults;
    if (fault === undefined) return null;
    const extensions = { code: 'BAD_INPUT', http: { status: 400 } };
    return new GraphQLError(`the request has ${fault}`, { extensions });
  });

/**
 * Refuses an operation that would cost too much, before any of it runs.
 * The cost depends on variables, so a validation rule will not do: validation is skipped for a document seen before.
 */
export const useCostLimit = (): Plugin<Context> =>
  useRefusal(({ schema, document, contextValue, variableValues }) => {
    try {
      const { complexity } = complexityFromQuery(document, {
        schema,
        ctx: contextValue as Context,
        variables: variableValues ?? {},
      });
      return complexity <= COST_LIMIT ? null : tooCostly(complexity);
    } catch (error) {
      // Arguments that cannot be priced cannot be executed either.
      return asGraphQLError(error);
    }
  });

const tooCostly = (requestedQueryCost: number) =>
  new GraphQLError(
    `this operation would cost ${requestedQueryCost}, more than ${COST_LIMIT}: ask for smaller pages or fewer fields`,
    { extensions: { code: 'MAX_COST_EXCEEDED', requestedQueryCost, limit: COST_LIMIT, http: { status: 400 } } },
  );

const asGraphQLError = (error: unknown) =>
  error instanceof GraphQLError ? error : new GraphQLError('invalid arguments', { originalError: error as Error });
