import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';

import { DomainError } from '../../../server/domain/errors.ts';
import { openTable } from '../../../server/imports/reading/open-table.ts';
import { testFile } from '../../support/files.ts';
import { textRow, workbookFile } from './workbook-file.ts';

const TEXT = `order;item;amount\n1;"tea; green";5.00\n2;Grüße;3\n3;"two\nlines";1\n`;

const FILES: readonly Uint8Array[] = [
  Buffer.from(TEXT),
  iconv.encode(TEXT, 'windows-1252'),
  iconv.encode(TEXT, 'utf-16le', { addBOM: true }),
  gzipSync(TEXT),
  Buffer.from('{"order":1,"item":{"id":"tea"}}\n{"order":2}\n'),
  workbookFile({ Orders: textRow('order', 'item') + textRow('1', 'tea') + textRow('2', 'pot') }),
];

/** Opens files with bytes changed, cut out or put in. @throws when one of them leads to more than rows or a refusal. */
export async function readMutatedFiles(count: number): Promise<{ readonly read: number; readonly refused: number }> {
  const path = testFile('');
  const outcome = { read: 0, refused: 0 };
  const change = fc.record({ at: fc.nat(), cut: fc.nat(3), put: fc.uint8Array({ maxLength: 3 }) });
  const changes = fc.array(change, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FILES), changes, async (file, edits) => {
      let bytes = Buffer.from(file);
      for (const { at, cut, put } of edits) {
        const from = at % (bytes.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
      }
      writeFileSync(path, bytes);
      try {
        const table = await openTable(path);
        let next = 1;
        for await (const { line, lines, fields, fault } of table.rows()) {
          if (line < next || (fields === null) !== (fault !== undefined)) throw new Error(`line ${line} again`);
          next = line + lines;
        }
        outcome.read++;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        outcome.refused++;
      }
    }),
    { numRuns: count },
  );
  return outcome;
}
