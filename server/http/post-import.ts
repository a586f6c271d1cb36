import { formatsNamed } from '../import-formats.ts';
import { inUnits } from '../imports/amounts/in-units.ts';
import { AMOUNTS, type AmountsName, byName, KINDS, STATES, stateNamed } from '../imports/choice-names.ts';
import { INSTANT_EXPECTS, readInstant } from '../imports/columns/dates.ts';
import { startImport, tryImport } from '../imports/import-file.ts';
import { openImport } from '../imports/open-import.ts';
import { lettersOf, type OrderState } from '../imports/orders/states.ts';
import { badParameter, checkParameters } from './parameters.ts';
import type { AdmittedVisit, RouteDependencies } from './route.ts';
import type { Worked } from './uploads.ts';

/** Parameters that a profile saves nothing of. */
const ASIDE = ['name', 'profile', 'dry-run', 'campaign', 'kind', 'sent-at'];
const ONCE = [...ASIDE, 'format', 'sheet', 'currency', 'decimal', 'date-format', 'time-zone', 'amounts'];
const REPEATED = ['map', 'state'];

/** Imports the file that is the body of a request; the answer comes when the file is recognised, and rows are stored behind it. */
export async function postImport(
  { database: { pool }, uploads, logger }: RouteDependencies,
  { caller: { workspace }, request, url: { searchParams } }: AdmittedVisit,
): Promise<Response> {
  const { isDryRun, ...parameters } = readParameters(searchParams);
  return uploads.receive(request, async (path, stop): Promise<Worked<Response>> => {
    const signal = isDryRun ? AbortSignal.any([stop, request.signal]) : stop;
    const opened = await openImport(pool, { ...parameters, workspace: workspace.name, path, signal });
    if (isDryRun) return { result: Response.json(inUnits(await tryImport(pool, opened))) };
    const { job, done } = await startImport(pool, opened);
    done.catch((error: unknown) => logger.error({ err: error, job }, 'the import failed'));
    const { format, currency, profile, file } = opened;
    const { columns, ignored, readings, warnings } = file;
    const body = { job, source: format.name, currency, profile, columns, ignored, readings, warnings };
    return { result: Response.json(body, { status: 202 }), until: done };
  });
}

function readParameters(parameters: URLSearchParams) {
  checkParameters(parameters, { once: ONCE, repeated: REPEATED });
  const given = (name: string) => parameters.get(name) ?? undefined;
  const oneOf = <Name extends string>(name: string, accepted: readonly Name[]): Name | undefined => {
    const value = given(name);
    if (value === undefined || accepted.includes(value as Name)) return value as Name | undefined;
    throw badParameter(name, `${name} "${value}": expected ${accepted.join(', ')}`);
  };
  const amounts = oneOf('amounts', Object.keys(AMOUNTS) as AmountsName[]);
  const kind = oneOf('kind', Object.keys(KINDS));
  const profile = given('profile');
  const isChoosing = [...parameters.keys()].some((name) => !ASIDE.includes(name));
  return {
    isDryRun: oneOf('dry-run', ['true', 'false']) === 'true',
    name: given('name') ?? 'upload',
    formats: formatsNamed(given('format')),
    sheet: given('sheet'),
    currency: given('currency'),
    profile,
    saveProfileAs: isChoosing ? profile : undefined,
    choices: {
      mapping: pairs(parameters, 'map', (text) => text || null),
      decimal: oneOf('decimal', ['.', ',']),
      dateFormat: given('date-format'),
      timeZone: given('time-zone'),
      amounts: amounts && AMOUNTS[amounts],
      states: pairs(parameters, 'state', readState, lettersOf),
      campaign: given('campaign'),
      kind: kind === undefined ? undefined : KINDS[kind],
      sentAt: readSentAt(given('sent-at')),
    },
  };
}

/** Values of a parameter that is given once for each name: NAME=VALUE. */
function pairs<Value>(
  parameters: URLSearchParams,
  parameter: string,
  read: (text: string) => Value,
  letters?: (name: string) => string,
) {
  const entries = parameters.getAll(parameter).map((text) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw badParameter(parameter, `${parameter} "${text}": expected NAME=VALUE`);
    return [name, read(value)] as const;
  });
  return byName(entries, parameter, letters);
}

function readSentAt(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = readInstant(text);
  if (typeof at === 'string') throw badParameter('sent-at', `sent-at "${text}": expected ${INSTANT_EXPECTS}`);
  return at;
}

function readState(text: string): OrderState {
  const state = stateNamed(text);
  if (state === undefined) throw badParameter('state', `state "${text}": expected ${Object.keys(STATES).join(', ')}`);
  return state;
}
