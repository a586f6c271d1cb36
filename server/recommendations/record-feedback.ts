import type { Pool } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { feedbackId } from '../domain/ids.ts';
import type { FeedbackKind } from '../domain/recommendations.ts';
import { insertFeedback, knownParties } from './data/feedback-writer.ts';
import { readRecommendationId, recommendationText } from './recommendation-id.ts';

export interface FeedbackEvent {
  /** Opaque id of the recommendation. */
  readonly recommendation: string;
  readonly kind: FeedbackKind;
  /** Null for now. */
  readonly at: Date | null;
}

export interface RecordedFeedback {
  readonly recorded: number;
  /** Reported before. */
  readonly unchanged: number;
}

interface Dependencies {
  readonly pool: Pool;
  readonly now: Date;
}

const MOST_EVENTS = 100;

/**
 * Stores what became of recommendations, also of those of earlier runs; an event that was reported before changes nothing.
 * @throws DomainError naming the event that is not acceptable; then none is stored.
 */
export async function recordFeedback(
  { pool, now }: Dependencies,
  workspaceId: string,
  events: readonly FeedbackEvent[],
): Promise<RecordedFeedback> {
  if (events.length < 1 || events.length > MOST_EVENTS) {
    throw new DomainError('BAD_EVENTS', `expected 1 to ${MOST_EVENTS} events, got ${events.length}`, ['events']);
  }
  const rows = events.map(({ recommendation, kind, at }, index) => {
    const recommended = readRecommendationId(recommendation, ['events', String(index), 'recommendation']);
    if (at !== null && at > now) {
      const message = `expected a time that is not in the future, got ${at.toISOString()}`;
      throw new DomainError('BAD_TIME', message, ['events', String(index), 'at']);
    }
    const time = at ?? now;
    // Other texts can stand for the same recommendation: base64 has more than one of each.
    const id = feedbackId(recommended.customerId, recommendationText(recommended), kind, time);
    return { ...recommended, recommendationKind: recommended.kind, kind, at: time, id };
  });
  const known = await knownParties(pool, workspaceId, rows);
  const stranger = rows.findIndex(({ customerId, productId }) => !known.has(customerId) || !known.has(productId));
  if (stranger !== -1) {
    const message = 'this workspace has no such recommendation: its customer or product is not there';
    throw new DomainError('NO_SUCH_RECOMMENDATION', message, ['events', String(stranger), 'recommendation']);
  }
  const recorded = await insertFeedback(pool, workspaceId, rows);
  return { recorded, unchanged: events.length - recorded };
}
