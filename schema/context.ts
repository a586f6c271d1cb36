import type { PrismaClient } from '../prisma/generated/client/client.ts';
import type { Loaders } from '../server/data/loaders.ts';
import type { Reader } from '../server/data/reader.ts';
import type { Caller } from '../server/domain/caller.ts';
import type { Placement, PlacementRules } from '../server/domain/placement.ts';
import type { CreatedKey, NewKey } from '../server/services/create-key.ts';
import type { FeedbackEvent, RecordedFeedback } from '../server/services/record-feedback.ts';
import type { AnalysisInput } from '../server/services/run-analysis.ts';

/** What a resolver has: one request of one caller. */
export interface Context extends Caller {
  readonly requestId: string;
  /** Ordinary nouns; every query names `workspace.id`. */
  readonly prisma: PrismaClient;
  readonly read: Reader;
  readonly loaders: Loaders;
  /** @throws DomainError */
  createKey(key: NewKey): Promise<CreatedKey>;
  /** @throws DomainError */
  revokeKey(id: string): Promise<void>;
  /** @throws DomainError */
  savePlacement(rules: PlacementRules): Promise<Placement>;
  /** @throws DomainError */
  deletePlacement(name: string): Promise<void>;
  /** @throws DomainError */
  recordFeedback(events: readonly FeedbackEvent[]): Promise<RecordedFeedback>;
  /** Starts an analysis of the caller's workspace and answers before it is done. @throws DomainError */
  startAnalysis(input: AnalysisInput): Promise<{ readonly runId: string }>;
}
