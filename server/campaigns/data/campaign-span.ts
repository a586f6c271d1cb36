/** Over which time customers of a campaign are compared. */
export interface CampaignSpan {
  /** 1 to 365. */
  readonly windowDays: number;
  readonly now: Date;
}

/**
 * Common table expressions over the workspace $1, run $2, campaign $3, days $4 and time $5: `counted` are the exposures whose
 * window is over by what is known of orders, of customers who were in one variant only, as in `readCampaignCells`.
 */
export const COUNTED = `
  clock as (
    select least($5::timestamptz, coalesce(greatest(w.orders_until, (r.as_of + 1)::timestamp at time zone w.time_zone), $5::timestamptz)) as until
    from workspace w left join analysis_run r on r.id = $2::uuid and r.workspace_id = w.id where w.id = $1),
  counted as (
    select customer_id, variant_id, assigned_at, segment, tier from campaign_exposure
    where workspace_id = $1 and campaign_id = $3 and not is_contaminated
      and assigned_at + make_interval(days => $4::int) <= (select until from clock))`;
