import { createHash } from 'node:crypto';
import type pg from 'pg';
import { nearNames } from '../customers/near-names.ts';
import { DomainError } from '../domain/errors.ts';
import { listProfiles, removeProfile, type SavedChoices, type SavedProfile } from './data/import-profiles.ts';
import { listed, plainHeader } from './formats/columns.ts';
import type { ImportChoices } from './intake.ts';
import { lettersOf } from './orders/states.ts';
import type { NamedFormat } from './recognise.ts';

const MOST_PROFILES = 100;
const LONGEST_NAME = 60;
const MOST_LISTED = 20;

/** By the names of the columns alone: their order, case, blanks and punctuation do not matter. */
export const headerHash = (header: readonly string[]): string =>
  createHash('sha256').update(header.map(plainHeader).toSorted().join('\n')).digest('hex');

/** @throws DomainError UNKNOWN_PROFILE naming those that are like it, or all. */
export function profileNamed(profiles: readonly SavedProfile[], name: string): SavedProfile {
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined) throw unknownProfile(profiles, name);
  return found;
}

/** The profile that was saved last of a file with this header. */
export function profileOfHeader(
  profiles: readonly SavedProfile[],
  header: readonly string[],
  formats: readonly NamedFormat[],
): SavedProfile | null {
  const hash = headerHash(header);
  const fitting = profiles.filter(
    (profile) => profile.headerHash === hash && formats.some(({ name }) => name === profile.source),
  );
  return fitting.toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())[0] ?? null;
}

type Given = Partial<ImportChoices> & Pick<SavedChoices, 'sheet' | 'currency'>;

/** @throws DomainError UNKNOWN_COLUMN where a file lacks a header that its profile names and no choice replaces. */
export function refuseOtherHeader(
  { name, choices }: SavedProfile,
  { mapping = {} }: Given,
  header: readonly string[],
): void {
  const titles = new Set(header.map(plainHeader));
  const missing = Object.entries(choices.mapping ?? {}).filter(
    ([column, title]) => title !== null && mapping[column] === undefined && !titles.has(plainHeader(title)),
  );
  if (missing.length === 0) return;
  const wanted = missing.map(([column, title]) => `"${title}" for ${column}`).join(', ');
  throw new DomainError(
    'UNKNOWN_COLUMN',
    `profile "${name}" reads the column ${wanted}, which the file does not have; it has: ${listed(header)}`,
    ['profile'],
  );
}

/** What is chosen now goes before what the profile keeps, column by column and state by state. */
export function mergeChoices(saved: SavedChoices, given: Given): Given & SavedChoices {
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const mapping = merged(saved.mapping, given.mapping);
  return { ...saved, ...chosen, mapping, states: merged(saved.states, given.states, lettersOf) };
}

type ByName<Value> = Readonly<Record<string, Value>>;

function merged<Value>(
  saved: ByName<Value> | undefined,
  given: ByName<Value> | undefined,
  letters = (name: string) => name,
): ByName<Value> | undefined {
  if (saved === undefined || given === undefined) return saved ?? given;
  const chosen = new Set(Object.keys(given).map(letters));
  return { ...Object.fromEntries(Object.entries(saved).filter(([name]) => !chosen.has(letters(name)))), ...given };
}

/** The part of what was chosen that holds for the next file too. */
export function choicesToSave(chosen: SavedChoices): SavedChoices {
  const { mapping, decimal, dateFormat, dateOrder, timeZone, amounts, states, sheet, currency } = chosen;
  return { mapping, decimal, dateFormat, dateOrder, timeZone, amounts, states, sheet, currency };
}

/** @throws DomainError BAD_PROFILE_NAME, or TOO_MANY_PROFILES where a name would be one too many. */
export function refuseProfileName(profiles: readonly SavedProfile[], name: string): void {
  if (name.trim() !== name || name.length === 0 || name.length > LONGEST_NAME || /\p{Cc}/u.test(name)) {
    throw new DomainError(
      'BAD_PROFILE_NAME',
      `"${name.slice(0, LONGEST_NAME)}" is no name for a profile: expected 1 to ${LONGEST_NAME} characters on one line, without blanks around them`,
      ['profile'],
    );
  }
  if (profiles.length < MOST_PROFILES || profiles.some((profile) => profile.name === name)) return;
  throw new DomainError(
    'TOO_MANY_PROFILES',
    `the workspace has ${MOST_PROFILES} saved profiles, the most it can have: delete one first`,
    ['profile'],
  );
}

/** @throws DomainError UNKNOWN_PROFILE */
export async function deleteProfile(pool: pg.Pool, workspaceId: string, name: string): Promise<void> {
  if (await removeProfile(pool, workspaceId, name)) return;
  throw unknownProfile(await listProfiles(pool, workspaceId), name);
}

function unknownProfile(profiles: readonly SavedProfile[], name: string): DomainError {
  const names = profiles.map((profile) => profile.name);
  const near = nearNames(name, names);
  const known =
    near.length > 0
      ? `did you mean ${near.map((each) => `"${each}"`).join(' or ')}?`
      : `the workspace has ${names.slice(0, MOST_LISTED).join(', ') || 'none'}`;
  return new DomainError('UNKNOWN_PROFILE', `no saved profile "${name.slice(0, LONGEST_NAME)}": ${known}`, ['profile']);
}
