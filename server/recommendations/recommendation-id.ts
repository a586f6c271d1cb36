import { DomainError } from '../domain/errors.ts';
import { isUuid } from '../domain/ids.ts';
import {
  RECOMMENDATION_KINDS,
  RECOMMENDATION_VARIANTS,
  type RecommendationKind,
  type RecommendationVariant,
} from '../domain/recommendations.ts';
import { isPlacementName } from './placement.ts';

/** What an id names: customer, product, placement, variant and run. Feedback needs no more, also after later runs. */
export interface RecommendationId {
  readonly customerId: string;
  readonly runId: string;
  readonly productId: string;
  readonly kind: RecommendationKind;
  readonly variant: RecommendationVariant;
  /** Empty outside of a placement. */
  readonly placement: string;
}

const TYPE = 'Recommendation';

/** Opaque text of the id of a recommendation. */
export const recommendationText = ({
  customerId,
  runId,
  productId,
  kind,
  variant,
  placement,
}: RecommendationId): string =>
  Buffer.from([TYPE, customerId, runId, productId, kind, variant, placement].join(':')).toString('base64');

/** @throws DomainError BAD_ID when this is no id that a list of recommendations gave. */
export function readRecommendationId(text: string, field: readonly string[]): RecommendationId {
  const [type, customerId = '', runId = '', productId = '', kind, variant, placement, ...rest] = Buffer.from(
    text,
    'base64',
  )
    .toString()
    .split(':');
  const knownKind = RECOMMENDATION_KINDS.find((name) => name === kind);
  const knownVariant = RECOMMENDATION_VARIANTS.find((name) => name === variant);
  if (
    type !== TYPE ||
    ![customerId, runId, productId].every(isUuid) ||
    knownKind === undefined ||
    knownVariant === undefined ||
    placement === undefined ||
    rest.length > 0 ||
    !(placement === '' || isPlacementName(placement))
  ) {
    throw new DomainError('BAD_ID', `"${text}" is not the id of a recommendation: expected one from a list`, field);
  }
  return { customerId, runId, productId, kind: knownKind, variant: knownVariant, placement };
}
