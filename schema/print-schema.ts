import { writeFileSync } from 'node:fs';
import { printSchema } from 'graphql';

import { schema } from './schema.ts';

const ONE_LINE_DESCRIPTION = /^( *)"""(.+)"""$/gm;

/** The whole schema as text, with every description on lines of its own, as the formatter wants it. */
export const printedSchema = (): string =>
  `${printSchema(schema).replace(ONE_LINE_DESCRIPTION, '$1"""\n$1$2\n$1"""')}\n`;

if (import.meta.filename === process.argv[1]) {
  writeFileSync(new URL('schema.graphql', import.meta.url), printedSchema());
}
