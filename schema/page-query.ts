import type { Page } from '../server/domain/page.ts';

/**
 * Prisma's arguments for a page of a list that is ordered by a column and, where that is equal, by id.
 * Reads one row more than the page has, which shows whether others follow.
 * @param value Reads the column's value from its text in a cursor.
 */
export function pageQuery<Column extends string, Value extends string | Date>(
  { position, backward, size }: Page,
  column: Column,
  order: 'asc' | 'desc',
  value: (text: string) => Value,
) {
  const direction: 'asc' | 'desc' = (order === 'asc') === backward ? 'desc' : 'asc';
  const beyond = direction === 'asc' ? 'gt' : 'lt';
  const by = <Condition>(condition: Condition) => ({ [column]: condition }) as Record<Column, Condition>;
  const [text = '', id = ''] = position ?? [];
  return {
    where: position && {
      OR: [by({ [beyond]: value(text) }), { AND: [by(value(text)), { id: { [beyond]: id } }] }],
    },
    orderBy: [by(direction), { id: direction }],
    take: size + 1,
  };
}
