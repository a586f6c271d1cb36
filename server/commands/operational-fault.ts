const DATABASE_GONE =
  'the connection to the database broke: the server that runs it may have been stopped; run the command again';

/** What an operator can mend, by the code of a system error. */
const WHAT: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken: choose another with --port',
  EADDRNOTAVAIL: 'this machine has no such address: see --host',
  ECONNREFUSED: 'no PostgreSQL answers there: see DATABASE_URL',
  ENOTFOUND: 'the host is unknown: see DATABASE_URL',
  EACCES: 'this user may not write there: see PERENNIAL_DATA',
  EPERM: 'this user may not do that: see PERENNIAL_DATA',
  EROFS: 'nothing can be written there: see PERENNIAL_DATA',
  EEXIST: 'a file is in the way of a folder: see PERENNIAL_DATA',
  ENOTDIR: 'a file is in the way of a folder: see PERENNIAL_DATA',
  ENOSPC: 'the disk is full',
  EPIPE: DATABASE_GONE,
  ECONNRESET: DATABASE_GONE,
  ENOENT: DATABASE_GONE,
};

type SystemError = NodeJS.ErrnoException & {
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
};

/** One line on a fault of the surroundings; null for a fault of ours, which wants its stack. */
export function operationalFault(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const first = error instanceof AggregateError ? (error.errors[0] as Error) : error;
  if (/Connection terminated/.test(first.message)) return DATABASE_GONE;
  const { code, syscall, path, hostname, address, port } = first as SystemError;
  const what = code === undefined || syscall === undefined ? undefined : WHAT[code];
  if (what === undefined) return null;
  const where = path ?? hostname ?? (port === undefined ? address : `${address}:${port}`);
  return where === undefined ? what : `${where}: ${what}`;
}
