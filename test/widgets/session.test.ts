import { expect, it } from 'vitest';

import { parseSegments } from '../../widgets/shared/segments.ts';
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

it('reads segments from an attribute, best to worst, and drops names that are none', () => {
  expect(parseSegments('CANT_LOSE at_risk, GOLD')).toEqual(['AT_RISK', 'CANT_LOSE']);
  expect(parseSegments('')).toEqual([]);
  expect(parseSegments(null)).toBeUndefined();
});
