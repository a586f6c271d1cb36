import { readFileSync } from 'node:fs';
import { type GraphQLNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';

import { NODE_TYPES } from '../../schema/node-id.ts';
import { printedSchema } from '../../schema/print-schema.ts';
import { schema } from '../../schema/schema.ts';

const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
const builtIn = new Set(['ID', 'String', 'Int', 'Float', 'Boolean']);

it('is committed as the code prints it (npm run schema)', () => {
  expect(readFileSync('schema/schema.graphql', 'utf8')).toBe(printedSchema());
});

it('describes every type, field, argument and enum value', () => {
  const nameless = types
    .filter((type) => !builtIn.has(type.name))
    .flatMap((type) => [
      ...(type.description ? [] : [type.name]),
      ...parts(type)
        .filter(([, description]) => !description)
        .map(([name]) => name),
    ]);
  expect(nameless).toEqual([]);
});

function parts(type: GraphQLNamedType): [string, string | null | undefined][] {
  if (isEnumType(type)) return type.getValues().map((value) => [`${type.name}.${value.name}`, value.description]);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field.description]);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    [`${type.name}.${field.name}`, field.description] as [string, string | null | undefined],
    ...field.args.map((arg): [string, string | null | undefined] => [
      `${type.name}.${field.name}(${arg.name})`,
      arg.description,
    ]),
  ]);
}

it('guards every type and root field by a scope, but for what any key may know', () => {
  const open = [
    ...[
      'ClvInterval',
      'DimensionValue',
      'DomainError',
      'Estimate',
      'ExcludedCount',
      'ImportWarning',
      'Interval',
      'Money',
      'MoneyEstimate',
      'MoneyInterval',
      'PageInfo',
      'Rate',
      'RejectedCount',
    ],
    ...['Viewer', 'Workspace'],
  ];
  const openFields = ['node', 'nodes', 'viewer', 'workspace'];
  const objects = types
    .filter(isObjectType)
    .filter((type) => !['Query', 'Mutation', 'Subscription'].includes(type.name));
  const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!].flatMap((type) =>
    Object.values(type.getFields()),
  );
  expect(
    objects
      .filter((type) => !guarded(type))
      .map((type) => type.name)
      .sort(),
  ).toEqual(open);
  expect(
    roots
      .filter((field) => !guarded(field))
      .map((field) => field.name)
      .sort(),
  ).toEqual(openFields);
});

const guarded = ({ extensions }: { readonly extensions: object }) =>
  (extensions as { pothosOptions?: { authScopes?: unknown } }).pothosOptions?.authScopes !== undefined;

it('takes ids of exactly the types that are nodes', () => {
  const nodes = schema.getPossibleTypes(schema.getType('Node') as never).map((type) => type.name);
  expect([...NODE_TYPES].sort()).toEqual(nodes.sort());
});
