import type { Context } from '../schema/context.ts';
import type { Database } from './data/database.ts';
import { createLoaders } from './data/loaders.ts';
import { createReader } from './data/reader.ts';
import type { Caller, CallerWorkspace } from './domain/caller.ts';
import { createKey } from './services/create-key.ts';
import { deletePlacement } from './services/delete-placement.ts';
import { recordFeedback } from './services/record-feedback.ts';
import { revokeKey } from './services/revoke-key.ts';
import type { AnalysisInput } from './services/run-analysis.ts';
import { savePlacement } from './services/save-placement.ts';

export interface ContextDependencies {
  readonly database: Pick<Database, 'pool' | 'prisma'>;
  /** Secret that API keys are hashed with. */
  readonly pepper: string;
  readonly clock: () => Date;
  /** Records a run and answers; the analysis goes on behind. */
  startAnalysis(workspace: CallerWorkspace, input: AnalysisInput): Promise<{ readonly runId: string }>;
}

/** What the resolvers of one request have. */
export function createContext(
  { database: { pool, prisma }, pepper, clock, startAnalysis }: ContextDependencies,
  { key, workspace }: Caller,
  requestId: string,
): Context {
  const tenant = { workspaceId: workspace.id, runId: workspace.publishedRunId };
  return {
    requestId,
    key,
    workspace,
    prisma,
    read: createReader(pool, tenant),
    loaders: createLoaders(pool, tenant),
    createKey: (input) => createKey({ prisma, pepper, now: clock() }, workspace.id, input, key.scopes),
    revokeKey: (id) => revokeKey({ prisma, now: clock() }, workspace.id, id),
    savePlacement: (rules) => savePlacement({ pool, now: clock() }, workspace.id, rules),
    deletePlacement: (name) => deletePlacement(pool, workspace.id, name),
    recordFeedback: (events) => recordFeedback({ pool, now: clock() }, workspace.id, events),
    startAnalysis: (input) => startAnalysis(workspace, input),
  };
}
