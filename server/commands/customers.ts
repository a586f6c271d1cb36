import { InvalidArgumentError, Option } from 'commander';

import { findWorkspace } from '../access/data/workspaces.ts';
import { type CampaignNames, readCampaignCondition } from '../campaigns/read-campaign-condition.ts';
import {
  type CustomerExport,
  customersHeader,
  customerToCsv,
  DEFAULT_WITHIN,
  type ExportedCustomer,
  exportCustomers,
} from '../customers/export-customers.ts';
import { SEGMENTS } from '../domain/segments.ts';
import { type CommonOptions, command, note, printRows, type RowForm, withDatabase } from './command.ts';

type Options = CommonOptions & CustomerExport & CampaignNames;

const days = (text: string): number => {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('expected whole days, 0 to 365.');
  return Number(text);
};

export const customersCommand = command('customers')
  .addOption(new Option('--segments <segments...>', 'customers of one of these segments').choices(SEGMENTS))
  .option('--countries <countries...>', 'customers of one of these countries')
  .option('--bought <products...>', 'customers who bought every one of these products')
  .option('--not-bought <products...>', 'customers who bought none of these products')
  .option('--replenishment-due <product>', 'customers who are expected to buy this product again soon, or are overdue')
  .option(
    '--within <days>',
    `days after the as-of day in which that is expected, 0 to 365 (default: ${DEFAULT_WITHIN})`,
    days,
  )
  .option('--campaign <name>', 'customers of this campaign')
  .option('--variant <name>', 'only those of this variant of the campaign')
  .action(async ({ workspace: name, json, campaign, variant, ...list }: Options) => {
    const condition = readCampaignCondition({ campaign, variant });
    await withDatabase(async ({ pool }) => {
      const workspace = await findWorkspace(pool, name);
      if (workspace.publishedRunId === null) note(`no run is published yet: perennial analyze --workspace ${name}`);
      const pages = await exportCustomers(pool, workspace, list, { showsPersonalData: true, condition });
      await printRows(pages, json === true ? AS_JSON : asCsv(list));
    });
  });

const asCsv = (list: CustomerExport): RowForm<ExportedCustomer> => ({
  head: customersHeader(list),
  row: customerToCsv,
  separator: '',
  tail: '',
});

const AS_JSON: RowForm<ExportedCustomer> = {
  head: '{"customers":[',
  row: (customer) => JSON.stringify(customer),
  separator: ',',
  tail: ']}\n',
};
