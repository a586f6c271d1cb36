import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types the queries of the widgets from the committed schema: `npx graphql-codegen --config codegen.ts`. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'widgets/**/*.query.ts',
  generates: {
    'widgets/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { Decimal: 'string', CurrencyCode: 'string', Date: 'string', DateTime: 'string' },
      },
    },
  },
};

export default config;
