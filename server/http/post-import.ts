import { DomainError } from '../domain/errors.ts';
import { formatsNamed, IMPORT_FORMATS, type ImportFormatName } from '../import-formats.ts';
import { AMOUNTS, type AmountsName, STATES } from '../imports/choice-names.ts';
import { startImport, tryImport } from '../imports/import-file.ts';
import { inUnits } from '../imports/in-units.ts';
import { openImport } from '../imports/open-import.ts';
import type { OrderState } from '../imports/orders/states.ts';
import type { AdmittedVisit, RouteDependencies } from './route.ts';
import type { Received } from './uploads.ts';

/** No name, header or state is longer. */
const LONGEST_TEXT = 500;

/** Parameters that choose nothing of how a file is read. */
const ASIDE = ['name', 'profile', 'dry-run'];
const ONCE = [...ASIDE, 'format', 'sheet', 'currency', 'decimal', 'date-format', 'time-zone', 'amounts'];
const REPEATED = ['map', 'state'];

/** Imports the file that is the body of a request; the answer comes when the file is recognised, and rows are stored behind it. */
export async function postImport(
  { database: { pool }, uploads, logger }: RouteDependencies,
  { caller: { workspace }, request, url: { searchParams } }: AdmittedVisit,
): Promise<Response> {
  const { isDryRun, name, ...parameters } = readParameters(searchParams);
  return uploads.receive(request, async (path, stop): Promise<Received> => {
    try {
      const opened = await openImport(pool, { ...parameters, workspace: workspace.name, path, name });
      const watcher = { onProgress: () => stop.throwIfAborted() };
      if (isDryRun) return { response: Response.json(inUnits(await tryImport(pool, opened, watcher))) };
      const { job, done } = await startImport(pool, opened, watcher);
      done.catch((error: unknown) => logger.error({ err: error, job }, 'the import failed'));
      const { format, currency, file } = opened;
      const { columns, ignored, readings, warnings } = file;
      const body = {
        job,
        source: format.name,
        currency,
        profile: opened.profile,
        columns,
        ignored,
        readings,
        warnings,
      };
      return { response: Response.json(body, { status: 202 }), until: done };
    } catch (error) {
      throw error instanceof DomainError ? withName(error, path, name) : error;
    }
  });
}

/** Clients know their file by its name, and nothing of the server's folders. */
const withName = ({ code, message, field }: DomainError, path: string, name: string) =>
  new DomainError(code, message.replaceAll(path, name), field);

/** An unknown parameter is refused: mistyped, it would change figures. */
function readParameters(parameters: URLSearchParams) {
  for (const [name, value] of parameters) {
    if (!ONCE.includes(name) && !REPEATED.includes(name)) {
      throw bad(name, `no parameter "${name.slice(0, 40)}": expected ${[...ONCE, ...REPEATED].join(', ')}`);
    }
    if (ONCE.includes(name) && parameters.getAll(name).length > 1) throw bad(name, `${name} is given more than once`);
    if (value === '' || value.length > LONGEST_TEXT || value.includes('\0')) {
      throw bad(name, `${name} has ${value.length} characters: expected 1 to ${LONGEST_TEXT}, without U+0000`);
    }
  }
  const given = (name: string) => parameters.get(name) ?? undefined;
  const oneOf = <Name extends string>(name: string, accepted: readonly Name[]): Name | undefined => {
    const value = given(name);
    if (value === undefined || accepted.includes(value as Name)) return value as Name | undefined;
    throw bad(name, `${name} "${value}": expected ${accepted.join(', ')}`);
  };
  const amounts = oneOf('amounts', Object.keys(AMOUNTS) as AmountsName[]);
  const timeZone = given('time-zone');
  const profile = given('profile');
  const isChoosing = [...parameters.keys()].some((name) => !ASIDE.includes(name));
  return {
    isDryRun: oneOf('dry-run', ['true', 'false']) === 'true',
    name: given('name') ?? 'upload',
    formats: formatsNamed(oneOf('format', Object.keys(IMPORT_FORMATS) as ImportFormatName[])),
    sheet: given('sheet'),
    currency: given('currency'),
    profile,
    saveProfileAs: isChoosing ? profile : undefined,
    choices: {
      mapping: pairs(parameters, 'map', (text) => text),
      decimal: oneOf('decimal', ['.', ',']),
      dateFormat: given('date-format'),
      amounts: amounts && AMOUNTS[amounts],
      states: pairs(parameters, 'state', readState),
      ...(timeZone && { timeZone }),
    },
  };
}

/** Values of a parameter that is given once for each name: NAME=VALUE. */
function pairs<Value>(parameters: URLSearchParams, parameter: string, read: (text: string) => Value) {
  const entries = parameters.getAll(parameter).map((text) => {
    const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) throw bad(parameter, `${parameter} "${text}": expected NAME=VALUE`);
    return [name, read(value)] as const;
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function readState(text: string): OrderState {
  const state = STATES[text.toLowerCase()];
  if (state === undefined) throw bad('state', `state "${text}": expected ${Object.keys(STATES).join(', ')}`);
  return state;
}

const bad = (parameter: string, message: string) => new DomainError('BAD_PARAMETER', message, [parameter]);
