import { z } from 'zod';

import { DomainError } from './domain/errors.ts';

const Environment = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'a PostgreSQL address, postgresql://user@host/database' })
    .optional(),
  PERENNIAL_DATA: z.string().min(1, 'a folder').default('./.perennial'),
  PERENNIAL_PEPPER: z.string().min(16, 'a secret of 16 characters or more').optional(),
  HOST: z.string().min(1, 'a host name or address').default('127.0.0.1'),
  PORT: z.coerce
    .number('a port, 0 to 65535')
    .int('a port, 0 to 65535')
    .min(0, 'a port, 0 to 65535')
    .max(65535, 'a port, 0 to 65535')
    .default(4000),
  PERENNIAL_UPLOAD_MIB: z.coerce
    .number('whole MiB, 1 to 1048576')
    .int('whole MiB, 1 to 1048576')
    .min(1, 'whole MiB, 1 to 1048576')
    .max(1_048_576, 'whole MiB, 1 to 1048576')
    .default(2048),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug'], 'silent, error, warn, info or debug').default('info'),
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
