import * as z from 'zod/mini';

import { DomainError } from './domain/errors.ts';

/** A whole number within bounds. */
const whole = (least: number, most: number, expected: string) =>
  z.coerce.number(expected).check(z.int(expected), z.minimum(least, expected), z.maximum(most, expected));

const text = (least: number, expected: string) => z.string().check(z.minLength(least, expected));

const Environment = z.object({
  DATABASE_URL: z.optional(
    z.url({ protocol: /^postgres(ql)?$/, error: 'a PostgreSQL address, postgresql://user@host/database' }),
  ),
  PERENNIAL_DATA: z._default(text(1, 'a folder'), './.perennial'),
  PERENNIAL_PEPPER: z.optional(text(16, 'a secret of 16 characters or more')),
  HOST: z._default(text(1, 'a host name or address'), '127.0.0.1'),
  PORT: z._default(whole(0, 65535, 'a port, 0 to 65535'), 4000),
  PERENNIAL_UPLOAD_MIB: z._default(whole(1, 1_048_576, 'whole MiB, 1 to 1048576'), 2048),
  LOG_LEVEL: z._default(
    z.enum(['silent', 'error', 'warn', 'info', 'debug'], 'silent, error, warn, info or debug'),
    'info',
  ),
});

export interface Config {
  /** PostgreSQL to use; the embedded database when absent. */
  readonly databaseUrl: string | undefined;
  /** Folder of the embedded database, of the generated pepper and of files that are being imported. */
  readonly dataFolder: string;
  /** Secret that API keys are hashed with; generated in the data folder when absent. */
  readonly pepper: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Largest file that `POST /imports` takes, in bytes. */
  readonly uploadLimit: number;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/** Reads the environment once. @throws DomainError naming the variable and what it accepts. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const name = String(issue.path[0]);
    throw new DomainError('BAD_CONFIG', `${name} is not valid: expected ${issue.message}`, [name]);
  }
  const { data } = parsed;
  return Object.freeze({
    databaseUrl: data.DATABASE_URL,
    dataFolder: data.PERENNIAL_DATA,
    pepper: data.PERENNIAL_PEPPER,
    host: data.HOST,
    port: data.PORT,
    uploadLimit: data.PERENNIAL_UPLOAD_MIB * 1024 ** 2,
    logLevel: data.LOG_LEVEL,
  });
}
