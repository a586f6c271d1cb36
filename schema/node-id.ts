import { DomainError } from '../server/domain/errors.ts';
import { isUuid } from '../server/domain/ids.ts';

export const NODE_TYPES = [
  'Workspace',
  'Customer',
  'Product',
  'Campaign',
  'AnalysisRun',
  'ImportJob',
  'ApiKey',
] as const;

export type NodeType = (typeof NODE_TYPES)[number];

export interface NodeId {
  readonly typename: string;
  readonly id: string;
}

/** @throws DomainError BAD_ID when this is no id that the API gives. */
export function readNodeId(text: string): NodeId {
  const [, typename = '', id = ''] = /^(\w+):(.*)$/.exec(Buffer.from(text, 'base64').toString()) ?? [];
  if (!(NODE_TYPES as readonly string[]).includes(typename) || !isUuid(id)) {
    throw new DomainError('BAD_ID', `"${text}" is not an id of this API`, ['id']);
  }
  return { typename, id };
}

/** The stored id behind an id of this type. @throws DomainError BAD_ID. */
export function storedId(text: string, type: NodeType, field: string): string {
  const { typename, id } = readNodeId(text);
  if (typename !== type)
    throw new DomainError('BAD_ID', `expected the id of a ${type}, got that of a ${typename}`, [field]);
  return id;
}
