import { findWorkspace } from '../access/data/workspaces.ts';
import type { RejectedRow } from '../imports/data/rejected-rows.ts';
import { REJECTS_HEADER, rejectedRows, rejectToCsv } from '../imports/export-rejects.ts';
import { type CommonOptions, command, printRows, type RowForm, withDatabase } from './command.ts';

export const rejectsCommand = command('rejects')
  .argument('<job>', 'the import, as `import` printed it')
  .action(async (job: string, options: CommonOptions) => {
    await withDatabase(async ({ pool }) => {
      const workspace = await findWorkspace(pool, options.workspace);
      const pages = await rejectedRows(pool, workspace.id, job);
      await printRows(pages, options.json === true ? asJson(job) : AS_CSV);
    });
  });

const AS_CSV: RowForm<RejectedRow> = { head: REJECTS_HEADER, row: rejectToCsv, separator: '', tail: '' };

const asJson = (job: string): RowForm<RejectedRow> => ({
  head: `{"job":${JSON.stringify(job)},"rows":[`,
  row: ({ lineNo, reason, detail, raw }) => JSON.stringify({ lineNo, reason, detail, raw }),
  separator: ',',
  tail: ']}\n',
});
