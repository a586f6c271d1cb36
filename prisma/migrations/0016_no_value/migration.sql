-- Why a run publishes no values: the orders show no second visit yet, or less than four weeks.
ALTER TABLE "analysis_run" ADD COLUMN "no_value_reason" TEXT;
