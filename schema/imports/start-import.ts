import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { orDomainError } from '../or-domain-error.ts';
import { ImportChoicesInput, readChoices } from './import-choices.ts';
import { ImportJob } from './import-job.ts';

const writing = { scope: 'imports:write' } as const;

const StartImportInput = builder.inputType('StartImportInput', {
  description: 'The file to import, and how it is to be read.',
  fields: (t) => ({
    upload: t.id({ required: true, description: 'Id of the upload, as `POST /uploads` returned it.' }),
    choices: t.field({ type: ImportChoicesInput, description: 'How the file is to be read.' }),
    saveProfileAs: t.string({
      description:
        'Name under which the choices are saved once rows are stored, 1 to 60 characters; a profile of this name is replaced. Default: they are not saved.',
    }),
  }),
});

const StartedImport = builder.objectRef<{ readonly jobId: string }>('StartedImport').implement({
  description: 'An import that was started.',
  authScopes: writing,
  fields: (t) => ({
    job: t.prismaField({
      type: ImportJob,
      nullable: true,
      description:
        'The import; query it again to see how far it is. Null, with an error, for a key without the scope imports:read.',
      resolve: (query, { jobId }, _args, { prisma, workspace }) =>
        prisma.importJob.findUniqueOrThrow({ ...query, where: { id: jobId, workspaceId: workspace.id } }),
    }),
  }),
});

builder.mutationField('startImport', (t) =>
  t.field({
    type: StartedImport,
    description:
      'Imports a file that was sent to `POST /uploads`. The answer comes when the file is recognised, and rows are stored behind it. A repeated call with the same upload answers the same import.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('StartImportResult', 'The started import, or why the file cannot be imported as it is.'),
    args: { input: t.arg({ type: StartImportInput, required: true, description: 'The file to import.' }) },
    resolve: async (_root, { input: { upload, choices, saveProfileAs } }, ctx) => ({
      jobId: await ctx.imports.start(upload, readChoices(choices), saveProfileAs ?? undefined),
    }),
  }),
);
