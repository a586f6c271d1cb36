/** The run whose rows a writer adds, and the workspace it belongs to: the first two columns of every row. */
export interface RunScope {
  readonly workspaceId: string;
  readonly runId: string;
}
