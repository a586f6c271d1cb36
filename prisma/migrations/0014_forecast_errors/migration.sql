-- The error of forecasts is known by horizon, and coverage is counted. What earlier runs measured goes with its columns.
ALTER TABLE "analysis_run" DROP COLUMN "coverage_customers",
DROP COLUMN "coverage_total",
DROP COLUMN "drift",
ADD COLUMN     "coverage" JSONB,
ADD COLUMN     "errors" JSONB,
ADD COLUMN     "own_share" DOUBLE PRECISION;
