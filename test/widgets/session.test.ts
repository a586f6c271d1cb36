import { expect, it } from 'vitest';

import { parseSegments, segmentComplaint } from '../../widgets/shared/segments.ts';
import { mergeSession } from '../../widgets/shared/session.ts';

it('lets what an element says itself win over what it inherits', () => {
  const inherited = { endpoint: '/graphql', token: 'outer', segments: ['LOST'] as const };
  expect(mergeSession({ token: 'inner', locale: 'de' }, inherited)).toMatchObject({
    endpoint: '/graphql',
    token: 'inner',
    locale: 'de',
    segments: ['LOST'],
  });
});

it('takes an empty selection of its own for all segments, not for none of its own', () => {
  expect(mergeSession({ segments: [] }, { segments: ['LOST'] }).segments).toEqual([]);
});

it('reads segments from an attribute, with hyphens or not and in any letter case', () => {
  expect(parseSegments('CANT_LOSE, at-risk\n Lost')).toEqual(['CANT_LOSE', 'AT_RISK', 'LOST']);
  expect(parseSegments('')).toEqual([]);
  expect(parseSegments(null)).toBeUndefined();
});

it('does not take a name that is no segment for no choice', () => {
  expect(segmentComplaint(parseSegments('champions lost'))).toMatch(
    /^champions is no segment: expected champion, loyal, .*cant-lose/,
  );
  expect(segmentComplaint(parseSegments('champion'))).toBeUndefined();
  expect(segmentComplaint(undefined)).toBeUndefined();
});
