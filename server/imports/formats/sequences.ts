import { DomainError } from '../../domain/errors.ts';
import { openTable } from '../reading/open-table.ts';

export const SEQUENCES_EXPECT = 'text with a line a user: the user, then the items in order of time, parted by blanks';

/** Items by user. @throws DomainError naming the line that is not of the format. */
export async function readSequences(path: string): Promise<Map<string, readonly string[]>> {
  const sequences = new Map<string, readonly string[]>();
  const table = await openTable(path, { syntax: 'words' });
  for await (const { line, raw, fields } of table.rows(undefined, true)) {
    const [user, ...items] = fields!;
    const refuse = (why: string) =>
      new DomainError('WRONG_ROW', `${path}, line ${line}: ${why}: expected ${SEQUENCES_EXPECT}`, ['file']);
    if (/[,;]/.test(raw)) throw refuse(`"${raw.slice(0, 80)}"`);
    if (sequences.has(user!)) throw refuse(`a second line of user "${user}"`);
    sequences.set(user!, items);
  }
  return sequences;
}
