/** Whose rows a reader may see, and which run's figures: the first two conditions of every statement. */
export interface WorkspaceView {
  readonly workspaceId: string;
  /** The published run; null until an analysis has been published. */
  readonly runId: string | null;
}
