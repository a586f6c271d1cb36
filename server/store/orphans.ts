import type pg from 'pg';

/** A job or run without a sign of life for this long is taken for dead. */
const SILENCE_SECONDS = 120;

/**
 * Closes the books on imports and runs whose process ended before they did.
 * @param only One workspace; all of them when absent.
 * @param silenceSeconds 0 where no other process can be at work.
 */
export async function endOrphans(
  db: Pick<pg.Pool, 'query'>,
  {
    workspaceId,
    silenceSeconds = SILENCE_SECONDS,
  }: { readonly workspaceId?: string; readonly silenceSeconds?: number },
): Promise<void> {
  for (const table of ['import_job', 'analysis_run']) {
    await db.query(
      `update ${table} set status = 'FAILED', reason = 'cut off: the process that ran it ended', finished_at = now()
       where status = 'RUNNING' and ($1::uuid is null or workspace_id = $1) and heartbeat_at <= now() - make_interval(secs => $2)`,
      [workspaceId ?? null, silenceSeconds],
    );
  }
}
