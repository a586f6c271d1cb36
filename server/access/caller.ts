import type { Scope } from '../domain/scopes.ts';
import type { KeyKind } from './api-key.ts';
import type { WorkspaceSettings } from './workspace-settings.ts';

/** Who asks: an API key, and the workspace it belongs to, read together so that a request sees one published run only. */
export interface Caller {
  readonly key: CallerKey;
  readonly workspace: CallerWorkspace;
}

export interface CallerKey {
  readonly id: string;
  readonly name: string;
  readonly kind: KeyKind;
  readonly scopes: readonly Scope[];
  /** Pages that may use the key, as browsers name them: `https://admin.example.com`. */
  readonly origins: readonly string[];
  readonly lastFour: string;
  readonly lastUsedAt: Date | null;
}

export interface CallerWorkspace extends WorkspaceSettings {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  /** Share of customers in the global holdout. */
  readonly globalHoldoutShare: number;
  readonly publishedRunId: string | null;
}
