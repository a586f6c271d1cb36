import type { Pool } from 'pg';

import { type Page, type Slice, sliceOf } from '../../domain/page.ts';
import { grouped } from '../../store/sql/aligned.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

/** What became of a customer in a campaign. */
export interface CustomerExposureRow {
  readonly customerId: string;
  readonly campaignId: string;
  readonly variantId: string;
  readonly assignedAt: Date;
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly openedAt: Date | null;
  readonly clickedAt: Date | null;
  readonly convertedAt: Date | null;
  readonly unsubscribedAt: Date | null;
  readonly bouncedAt: Date | null;
  readonly complainedAt: Date | null;
  readonly isContaminated: boolean;
  /** As of the assignment; null where unknown. */
  readonly segment: string | null;
}

/** The same page of each customer's exposures, newest first, in one statement over the primary key. */
export async function findCustomerExposures(
  pool: Pool,
  { workspaceId }: WorkspaceView,
  page: Page,
  customerIds: readonly string[],
): Promise<Slice<CustomerExposureRow>[]> {
  const { rows } = await pool.query<CustomerExposureRow>(
    `select e.* from unnest($2::uuid[]) k(customer_id) cross join lateral (
       select e.customer_id as "customerId", e.campaign_id as "campaignId", e.variant_id as "variantId",
         e.assigned_at as "assignedAt", e.sent_at as "sentAt", e.delivered_at as "deliveredAt", e.opened_at as "openedAt",
         e.clicked_at as "clickedAt", e.converted_at as "convertedAt", e.unsubscribed_at as "unsubscribedAt",
         e.bounced_at as "bouncedAt", e.complained_at as "complainedAt", e.is_contaminated as "isContaminated", e.segment
       from campaign_exposure e
       where e.customer_id = k.customer_id and e.workspace_id = $1
         and ($3::timestamptz is null or (e.assigned_at, e.variant_id) < ($3, $4::uuid))
       order by e.assigned_at desc, e.variant_id desc limit $5
     ) e`,
    [workspaceId, customerIds, page.position?.[0], page.position?.[1], page.size + 1],
  );
  return grouped(customerIds, rows, ({ customerId }) => customerId).map((exposures) =>
    sliceOf(page, exposures, ({ assignedAt, variantId }) => [assignedAt.toISOString(), variantId]),
  );
}
