import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RECOMMENDATION_KINDS, RECOMMENDATION_VARIANTS } from '../../server/domain/recommendations.ts';
import {
  type RecommendationId,
  readRecommendationId,
  recommendationText,
} from '../../server/recommendations/recommendation-id.ts';

const uuid = fc.constant(null).map(() => randomUUID() as string);
const recommendation: fc.Arbitrary<RecommendationId> = fc.record({
  customerId: uuid,
  runId: uuid,
  productId: uuid,
  kind: fc.constantFrom(...RECOMMENDATION_KINDS),
  variant: fc.constantFrom(...RECOMMENDATION_VARIANTS),
  placement: fc.stringMatching(/^[\w-]{0,60}$/),
});

const refusal = expect.objectContaining({ code: 'BAD_ID', field: ['events', '0'] });

it('is read back from its text, which is short enough for any request', () => {
  fc.assert(
    fc.property(recommendation, (id) => {
      expect(readRecommendationId(recommendationText(id), [])).toEqual(id);
      expect(recommendationText(id).length).toBeLessThan(400);
    }),
  );
});

it('is no other text', () => {
  const read = (text: string) => () => readRecommendationId(text, ['events', '0']);
  fc.assert(fc.property(fc.string(), (text) => void expect(read(text)).toThrow(refusal)));
  fc.assert(fc.property(fc.base64String(), (text) => void expect(read(text)).toThrow(refusal)));
});

it('has a kind, a variant, a name of a placement and three ids', () => {
  const [id] = fc.sample(recommendation, 1) as [RecommendationId];
  for (const wrong of [
    { kind: 'NOTHING' },
    { variant: 'toString' },
    { placement: 'a b' },
    { placement: 'a:b' },
    { customerId: 'ann' },
    { productId: id.productId.toUpperCase() },
  ]) {
    expect(() =>
      readRecommendationId(recommendationText({ ...id, ...wrong } as RecommendationId), ['events', '0']),
    ).toThrow(refusal);
  }
  expect(() =>
    readRecommendationId(Buffer.from(`Customer:${id.customerId}`).toString('base64'), ['events', '0']),
  ).toThrow(refusal);
});
