import { findWorkspace } from '../data/workspaces.ts';
import { REJECTS_HEADER, rejectedRows, rejectToCsv } from '../services/export-rejects.ts';
import { type CommonOptions, command, withDatabase } from './command.ts';

export const rejectsCommand = command('rejects', 'list the rows that an import could not take, as CSV')
  .argument('<job>', 'the import, as `import` printed it')
  .action(async (job: string, options: CommonOptions) => {
    await withDatabase(async ({ pool }) => {
      const workspace = await findWorkspace(pool, options.workspace);
      const pages = await rejectedRows(pool, workspace.id, job);
      const { head, row, separator, tail } = options.json === true ? asJson(job) : AS_CSV;
      await output(head);
      let isFirst = true;
      for await (const page of pages) {
        if (page.length === 0) continue;
        await output((isFirst ? '' : separator) + page.map(row).join(separator));
        isFirst = false;
      }
      await output(tail);
    });
  });

const AS_CSV = { head: REJECTS_HEADER, row: rejectToCsv, separator: '', tail: '' };

/** One object, however many rows it holds. */
const asJson = (job: string): typeof AS_CSV => ({
  head: `{"job":${JSON.stringify(job)},"rows":[`,
  row: ({ lineNo, reason, detail, raw }) => JSON.stringify({ lineNo, reason, detail, raw }),
  separator: ',',
  tail: ']}\n',
});

/** Waits until the reader of standard output has taken the text. */
const output = (text: string) => new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
