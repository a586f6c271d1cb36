import type { Command } from 'commander';

import { findWorkspace, workspaceNames } from '../access/data/workspaces.ts';
import { countCustomersAndOrders } from '../store/status.ts';
import { type CommonOptions, command, print, withDatabase } from './command.ts';
import { pairs } from './layout.ts';

const NOTHING = { customers: null, orders: null, run: null };

export const statusCommand = command('status').action(
  async ({ workspace: name, ...options }: CommonOptions, self: Command) => {
    const isNamed = self.getOptionValueSource('workspace') === 'cli';
    const status = await withDatabase(async ({ pool, engine, migrations }) => {
      const workspaces = await workspaceNames(pool);
      const store = { engine, migrations, workspaces };
      if (!isNamed && !workspaces.includes(name)) return { ...store, ...NOTHING };
      const { id, publishedRunId: run } = await findWorkspace(pool, name);
      return { ...store, ...(await countCustomersAndOrders(pool, id)), run };
    });
    const { engine, migrations, workspaces, customers, orders, run } = status;
    const rows: [string, string | number][] = [
      ['engine', engine],
      ['migrations', migrations.join(', ')],
      ['workspaces', workspaces.length === 0 ? 'none yet: perennial import makes one' : workspaces.join(', ')],
      ['workspace', customers === null ? `there is no ${name}: choose one with --workspace` : name],
    ];
    const contents: [string, string | number][] = [
      ['customers', customers ?? ''],
      ['orders', orders ?? ''],
      ['published run', run ?? `- none yet: perennial analyze --workspace ${name}`],
    ];
    print(options, status, pairs(customers === null ? rows : [...rows, ...contents]));
  },
);
