/** SQL of whether a run publishes values: null without a run. @param run, workspace Placeholders of their ids. */
export const hasValues = (run: string, workspace: string): string =>
  `(select no_value_reason is null from analysis_run where id = ${run} and workspace_id = ${workspace})`;
