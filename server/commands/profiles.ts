import { Command } from 'commander';

import { findWorkspace } from '../access/data/workspaces.ts';
import { AMOUNTS, nameOfChoice, STATES } from '../imports/choice-names.ts';
import { listProfiles, type SavedProfile } from '../imports/data/import-profiles.ts';
import { deleteProfile } from '../imports/saved-profiles.ts';
import { type CommonOptions, command, print, withDatabase } from './command.ts';
import { table } from './layout.ts';

const list = command('list', 'list the saved profiles').action(async (options: CommonOptions) => {
  const found = await withDatabase(async ({ pool }) =>
    listProfiles(pool, (await findWorkspace(pool, options.workspace)).id),
  );
  const profiles = found.map(asOptions);
  const rows = profiles.map(({ name, format, savedAt, ...choices }) => [
    name,
    format,
    texts(choices).join(', '),
    savedAt,
  ]);
  print(
    options,
    { profiles },
    rows.length === 0 ? 'no profile is saved' : table(['name', 'format', 'choices', 'saved at'], rows),
  );
});

/** Choices as the options of `import` write them. */
function asOptions({ name, source, choices, updatedAt }: SavedProfile) {
  const { mapping, states, amounts, ...rest } = choices;
  return {
    name,
    format: source,
    savedAt: updatedAt.toISOString(),
    map: mapping,
    state:
      states &&
      Object.fromEntries(Object.entries(states).map(([state, meaning]) => [state, nameOfChoice(STATES, meaning)])),
    amounts: amounts && nameOfChoice(AMOUNTS, amounts),
    ...rest,
  };
}

const texts = (choices: object): string[] =>
  Object.entries(choices).flatMap(([name, value]) =>
    value === undefined ? [] : value instanceof Object ? texts(value) : [`${name}=${value ?? ''}`],
  );

const remove = command('delete', 'delete a saved profile; what was imported by it stays')
  .argument('<name>', 'the profile, as `profiles` lists it')
  .action(async (name: string, options: CommonOptions) => {
    await withDatabase(async ({ pool }) => {
      const { id } = await findWorkspace(pool, options.workspace);
      await deleteProfile(pool, id, name);
    });
    print(options, { name }, `deleted ${name}`);
  });

export const profilesCommand = new Command('profiles').addCommand(list, { isDefault: true }).addCommand(remove);
