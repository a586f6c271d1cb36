import type { CodegenConfig } from '@graphql-codegen/cli';

const plugins = ['typescript-operations', 'typed-document-node'];

const types = {
  useTypeImports: true,
  strictScalars: true,
  scalars: { Decimal: 'string', CurrencyCode: 'string', Date: 'string', DateTime: 'string' },
};

/** Types the documents of widgets and examples from the committed schema: `npx graphql-codegen --config codegen.ts`. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  generates: {
    'widgets/generated/graphql.ts': {
      plugins,
      documents: 'widgets/**/*.graphql',
      // The comment leaves the documents of other elements out of a bundle.
      config: { ...types, documentMode: 'string', pureMagicComment: true },
    },
    'examples/generated/graphql.ts': { plugins, documents: 'examples/*.graphql', config: types },
  },
};

export default config;
