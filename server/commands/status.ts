import { findWorkspace } from '../access/data/workspaces.ts';
import { countCustomersAndOrders } from '../store/status.ts';
import { type CommonOptions, command, print, withDatabase } from './command.ts';
import { pairs } from './layout.ts';

export const statusCommand = command('status').action(async (options: CommonOptions) => {
  const status = await withDatabase(async (db) => {
    const workspace = await findWorkspace(db.pool, options.workspace);
    const { customers, orders } = await countCustomersAndOrders(db.pool, workspace.id);
    return { engine: db.engine, migrations: db.migrations, customers, orders, run: workspace.publishedRunId };
  });
  const rows: [string, string | number][] = [
    ['engine', status.engine],
    ['migrations', status.migrations.join(', ')],
    ['customers', status.customers],
    ['orders', status.orders],
    ['published run', status.run ?? `- none yet: perennial analyze --workspace ${options.workspace}`],
  ];
  print(options, status, pairs(rows));
});
