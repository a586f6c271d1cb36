import { expect, it } from 'vitest';

import { parseSegments } from '../../widgets/shared/segments.ts';
import { mergeSession, type Session, sessionComplaint } from '../../widgets/shared/session.ts';

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

it('complains of the first attribute with a value that is not accepted, and names what is', () => {
  const wrong = (session: object) => sessionComplaint(session as Session);
  expect(wrong({ segments: parseSegments('champion lost-ones') })).toMatchObject({
    attribute: 'segments',
    value: 'lost-ones',
    accepted: expect.arrayContaining(['champion', 'cant-lose']),
  });
  expect(wrong({ theme: 'dusk' })).toEqual({ attribute: 'theme', value: 'dusk', accepted: ['light', 'dark'] });
  expect(wrong({ currencyDisplay: 'sign' })).toEqual({
    attribute: 'currency-display',
    value: 'sign',
    accepted: ['symbol', 'narrowSymbol', 'code', 'name'],
  });
  expect(wrong({ locale: 'en_US' })).toMatchObject({ attribute: 'locale', value: 'en_US' });
});

it('takes an empty attribute for an absent one', () => {
  const session = { segments: parseSegments('champion'), theme: '', currencyDisplay: '', locale: '' };
  expect(sessionComplaint(session as Session)).toBeUndefined();
  expect(sessionComplaint({ theme: 'dark', currencyDisplay: 'narrowSymbol', locale: 'de-AT' })).toBeUndefined();
});
