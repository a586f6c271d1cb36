-- One name a thing: orders and refunds are no "facts", recommendations no "offers".
ALTER TABLE "customer" RENAME COLUMN "fact_version" TO "history_version";
ALTER TABLE "customer" RENAME COLUMN "last_fact_on" TO "last_active_on";
ALTER TABLE "customer_summary" RENAME COLUMN "fact_version" TO "history_version";
ALTER TABLE "analysis_run" RENAME COLUMN "segment_facts" TO "segment_counts";
ALTER TABLE "recommendation_feedback" RENAME COLUMN "offer" TO "recommendation_kind";
ALTER TABLE "workspace" RENAME COLUMN "holdout_share" TO "global_holdout_share";
