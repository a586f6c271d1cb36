import { Command } from 'commander';

import { findWorkspace } from '../access/data/workspaces.ts';
import { type SettingsChange, updateSettings } from '../access/settings.ts';
import { CURRENCY_DISPLAYS, type CurrencyDisplay, type WorkspaceSettings } from '../access/workspace-settings.ts';
import { DomainError } from '../domain/errors.ts';
import { parseAnnualRate } from '../domain/rates/discount-rate.ts';
import { parseMarginRate } from '../domain/rates/margin.ts';
import { REVENUE_TEXT, REVENUES, type Revenue } from '../domain/revenue.ts';
import { type CommonOptions, command, print, withDatabase } from './command.ts';
import { pairs } from './layout.ts';

interface Setting {
  readonly field: keyof WorkspaceSettings;
  readonly expects: string;
  /** @throws DomainError for a text that it cannot be. */
  readonly parse: (text: string) => SettingsChange;
  readonly show: (settings: WorkspaceSettings) => string;
}

const SETTINGS: Readonly<Record<string, Setting>> = {
  'margin-rate': {
    field: 'marginRate',
    expects: 'share of revenue that analyses count as value, 0 to 1, or auto for what known costs imply',
    parse: (text) => ({ marginRate: text === 'auto' ? null : parseMarginRate(text, ['margin-rate']) }),
    show: ({ marginRate }) => (marginRate === null ? 'auto: what known costs imply, else 1' : `${marginRate}`),
  },
  'annual-discount-rate': {
    field: 'annualDiscountRate',
    expects: 'effective annual discount rate of analyses, 0.1 or 10%',
    parse: (text) => ({ annualDiscountRate: parseAnnualRate(text, ['annual-discount-rate']) }),
    show: ({ annualDiscountRate }) => `${annualDiscountRate}`,
  },
  'time-zone': {
    field: 'timeZone',
    expects: 'time zone of the store, such as Europe/Berlin; its days are those of orders, cohorts and analyses',
    parse: (timeZone) => ({ timeZone }),
    show: ({ timeZone }) => timeZone,
  },
  revenue: {
    field: 'revenue',
    expects: `what revenue contains: ${Object.values(REVENUE_TEXT).join('; ')}`,
    parse: (text) => ({ revenue: readRevenue(text) }),
    show: ({ revenue }) => REVENUE_TEXT[revenue],
  },
  'currency-display': {
    field: 'currencyDisplay',
    expects: `how front ends write a currency: ${CURRENCY_DISPLAYS.join(', ')}`,
    parse: (text) => ({ currencyDisplay: readCurrencyDisplay(text) }),
    show: ({ currencyDisplay }) => currencyDisplay,
  },
};

const NAMES = Object.keys(SETTINGS).join(', ');

const HELP = `\nSettings:\n${pairs(Object.entries(SETTINGS).map(([name, { expects }]) => [`  ${name}`, expects]))}`;

const show = command('show', 'show the settings').action((options: CommonOptions) => report(options, null));

const set = command('set', 'change settings; rates apply from the next analysis')
  .argument('<name=value...>', 'settings with their values, such as margin-rate=0.45')
  .addHelpText('after', HELP)
  .action((assignments: readonly string[], options: CommonOptions) =>
    report(options, Object.assign({}, ...assignments.map(readAssignment))),
  );

const unset = command('unset', 'restore the defaults of settings')
  .argument('<names...>', 'settings, such as margin-rate')
  .addHelpText('after', HELP)
  .action((names: readonly string[], options: CommonOptions) =>
    report(options, Object.fromEntries(names.map((name) => [settingOf(name).field, null]))),
  );

export const settingsCommand = new Command('settings')
  .addCommand(show, { isDefault: true })
  .addCommand(set)
  .addCommand(unset);

/** Prints the settings, after a change where there is one. */
async function report(options: CommonOptions, change: SettingsChange | null): Promise<void> {
  const settings = await withDatabase(async ({ pool }) => {
    const workspace = await findWorkspace(pool, options.workspace);
    if (change !== null) return updateSettings(pool, workspace.id, change);
    const { marginRate, annualDiscountRate, timeZone, revenue, currencyDisplay } = workspace;
    return { marginRate, annualDiscountRate, timeZone, revenue, currencyDisplay };
  });
  print(options, settings, pairs(Object.entries(SETTINGS).map(([name, { show }]) => [name, show(settings)])));
}

function readAssignment(text: string): SettingsChange {
  const [, name, value] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new DomainError('BAD_SETTING', `"${text}": expected NAME=VALUE, where NAME is one of ${NAMES}`, ['settings']);
  return settingOf(name).parse(value);
}

function settingOf(name: string): Setting {
  const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (setting === undefined)
    throw new DomainError('BAD_SETTING', `no setting "${name}": expected ${NAMES}`, ['settings']);
  return setting;
}

/** `net sales` and `net-sales` are NET_SALES. */
function readRevenue(text: string): Revenue {
  const known = REVENUES.find((revenue) => revenue === text.toUpperCase().replace(/[ -]/g, '_'));
  if (known === undefined)
    throw new DomainError('BAD_REVENUE', `revenue "${text}": expected net-sales or total-sales`, ['revenue']);
  return known;
}

function readCurrencyDisplay(text: string): CurrencyDisplay {
  const known = CURRENCY_DISPLAYS.find((display) => display === text);
  if (known === undefined)
    throw new DomainError(
      'BAD_CURRENCY_DISPLAY',
      `currency-display "${text}": expected ${CURRENCY_DISPLAYS.join(', ')}`,
      ['currency-display'],
    );
  return known;
}
