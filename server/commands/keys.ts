import { Command, Option } from 'commander';
import { createKey } from '../access/create-key.ts';
import { ensureWorkspace, findWorkspace } from '../access/data/workspaces.ts';
import { listKeys } from '../access/list-keys.ts';
import { readPepper } from '../access/pepper.ts';
import { revokeKey } from '../access/revoke-key.ts';
import { readConfig } from '../config.ts';
import { SCOPES } from '../domain/scopes.ts';
import { type Database, withPrisma } from '../store/database.ts';
import { type CommonOptions, command, note, print, withDatabase } from './command.ts';
import { instant } from './instant.ts';
import { pairs, table } from './layout.ts';

interface CreateOptions extends CommonOptions {
  readonly name: string;
  readonly kind: 'publishable' | 'restricted' | 'secret';
  readonly scopes: readonly string[];
  readonly origin: readonly string[];
  readonly expires?: Date;
}

const withPrismaDatabase = <Result>(work: (db: Database) => Promise<Result>) =>
  withDatabase((store) => work(withPrisma(store)));

const READING = SCOPES.filter((scope) => scope.endsWith(':read') && scope !== 'keys:read');

const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? '-';

const create = command('create', 'create an API key; it is shown once and stored as a hash')
  .option('-n, --name <name>', 'name of the key', 'command line')
  .addOption(
    new Option('-k, --kind <kind>', 'publishable is for web pages')
      .choices(['publishable', 'restricted', 'secret'])
      .default('restricted'),
  )
  .addOption(
    new Option('-s, --scopes <scopes...>', `what the key may do: ${SCOPES.join(', ')}`).default(
      READING,
      'all that end in :read but keys:read',
    ),
  )
  .option('-o, --origin <origins...>', 'pages that may use a publishable key, e.g. https://admin.example.com', [])
  .option('--expires <time>', 'when the key expires, ISO 8601', instant)
  .action(async (options: CreateOptions) => {
    const config = readConfig(process.env);
    const now = new Date();
    const { name, origin: origins, expires } = options;
    const scopes = options.scopes.flatMap((list) => list.split(',')).filter((scope) => scope !== '');
    const kind = options.kind.toUpperCase() as 'PUBLISHABLE' | 'RESTRICTED' | 'SECRET';
    const { workspace, ...created } = await withPrismaDatabase(async ({ pool, prisma }) => {
      // The default workspace may get its keys before its orders; any other name is more likely mistyped than new.
      const find = options.workspace === 'default' ? ensureWorkspace : findWorkspace;
      const workspace = await find(pool, options.workspace);
      const input = { name, kind, scopes, origins, expiresAt: expires ?? null };
      return { workspace, ...(await createKey({ prisma, pepper: readPepper(config), now }, workspace.id, input)) };
    });
    const about = workspace.publishedRunId === null ? `${workspace.name}, without a published run yet` : workspace.name;
    note('This key is shown only now:');
    print(
      options,
      { ...created, workspace: workspace.name },
      `${created.key}\n${pairs([
        ['workspace', about],
        ['scopes', created.scopes.join(' ')],
      ])}`,
    );
  });

const list = command('list', 'list the keys of a workspace, revoked ones included').action(
  async (options: CommonOptions) => {
    const keys = await withPrismaDatabase(async ({ pool, prisma }) =>
      listKeys(prisma, (await findWorkspace(pool, options.workspace)).id),
    );
    const header = ['id', 'name', 'kind', 'ends in', 'created', 'last used', 'revoked', 'origins', 'scopes'];
    const rows = keys.map((key) => [
      key.id,
      key.name,
      key.kind.toLowerCase(),
      key.lastFour,
      day(key.createdAt),
      day(key.lastUsedAt),
      day(key.revokedAt),
      key.origins.join(' '),
      key.scopes.join(' '),
    ]);
    print(options, { keys }, table(header, rows));
  },
);

const revoke = command('revoke', 'revoke a key at once and permanently')
  .argument('<id>', 'the key, as `keys list` shows it')
  .action(async (id: string, options: CommonOptions) => {
    const now = new Date();
    const revokedAt = await withPrismaDatabase(async ({ pool, prisma }) =>
      revokeKey({ prisma, now }, (await findWorkspace(pool, options.workspace)).id, id),
    );
    const text = revokedAt < now ? `${id} was revoked before, on ${day(revokedAt)}` : `revoked ${id}`;
    print(options, { id, revokedAt }, text);
  });

export const keysCommand = new Command('keys').addCommand(create).addCommand(list).addCommand(revoke);
