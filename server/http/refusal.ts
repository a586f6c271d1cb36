import { DomainError } from '../domain/errors.ts';

const STATUS: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  ORIGIN_NOT_ALLOWED: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  UPLOAD_STALLED: 408,
  FILE_TOO_LARGE: 413,
  TOO_MANY_IMPORTS: 429,
  SERVER_STOPPED: 503,
};

/** An error as GraphQL writes it, for answers that come before or beside GraphQL. Rethrows what is no DomainError. */
export function refusal(error: unknown, request: Request): Response {
  if (!(error instanceof DomainError)) throw error;
  const accepted = request.headers.get('accept') ?? '';
  const type = accepted.includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  const headers = new Headers({ 'content-type': `${type}; charset=utf-8` });
  if (error.code === 'UNAUTHENTICATED') headers.set('www-authenticate', 'Bearer');
  // The rest of the file is not read.
  if (error.code === 'FILE_TOO_LARGE' || error.code === 'UPLOAD_STALLED') headers.set('connection', 'close');
  const body = { errors: [{ message: error.message, extensions: { code: error.code } }] };
  return Response.json(body, { status: STATUS[error.code] ?? 400, headers });
}
