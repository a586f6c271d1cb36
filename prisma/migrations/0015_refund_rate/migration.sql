-- What lowers the values of a run: refunds of no known order, and orders that were free. Runs until now counted neither.
ALTER TABLE "analysis_run" ADD COLUMN "unassigned_refund_rate" DOUBLE PRECISION;
ALTER TABLE "analysis_run" ADD COLUMN "paid_share_after_free" DOUBLE PRECISION;
