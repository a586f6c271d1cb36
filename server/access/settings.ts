import type pg from 'pg';
import { DomainError } from '../domain/errors.ts';
import { checkAnnualRate } from '../domain/rates/discount-rate.ts';
import { checkMarginRate } from '../domain/rates/margin.ts';
import { writeSettings } from './data/workspaces.ts';
import { DEFAULT_SETTINGS, type WorkspaceSettings } from './workspace-settings.ts';

/** Null brings a setting back to its default; what is absent stays as it is. */
export type SettingsChange = {
  readonly [Name in keyof WorkspaceSettings]?: WorkspaceSettings[Name] | null | undefined;
};

/**
 * Changes settings of a workspace. The published run stays as it is: rates count from the next analysis on.
 * @returns All settings as they are now.
 * @throws DomainError BAD_MARGIN, BAD_DISCOUNT_RATE or BAD_TIME_ZONE.
 */
export async function updateSettings(
  pool: pg.Pool,
  workspaceId: string,
  change: SettingsChange,
): Promise<WorkspaceSettings> {
  const settings = withDefaults(change);
  const { marginRate, annualDiscountRate, timeZone } = settings;
  if (marginRate != null) checkMarginRate(marginRate);
  if (annualDiscountRate !== undefined) checkAnnualRate(annualDiscountRate);
  return writeSettings(pool, workspaceId, {
    ...settings,
    ...(timeZone === undefined ? {} : { timeZone: namedTimeZone(timeZone) }),
  });
}

const withDefaults = (change: SettingsChange): Partial<WorkspaceSettings> =>
  Object.fromEntries(
    Object.entries(change)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value ?? DEFAULT_SETTINGS[name as keyof WorkspaceSettings]]),
  );

/** The zone as the IANA database spells it. An offset such as +01:00, which newer engines also read, knows no summer time. */
function namedTimeZone(name: string): string {
  try {
    if (/^[a-z]/i.test(name)) return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new DomainError(
    'BAD_TIME_ZONE',
    `"${name}" is no time zone: expected an IANA name such as UTC, Europe/Berlin or America/New_York`,
    ['timeZone'],
  );
}
