import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types the documents of the widgets from the committed schema: `npx graphql-codegen --config codegen.ts`. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'widgets/**/*.graphql',
  generates: {
    'widgets/generated/graphql.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'string',
        // Leaves the documents of other elements out of a bundle.
        pureMagicComment: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { Decimal: 'string', CurrencyCode: 'string', Date: 'string', DateTime: 'string' },
      },
    },
  },
};

export default config;
