ALTER TABLE "workspace" ALTER COLUMN "margin_rate" DROP DEFAULT;
ALTER TABLE "workspace" ALTER COLUMN "margin_rate" DROP NOT NULL;
ALTER TABLE "workspace" ADD COLUMN "time_zone" TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE "workspace" ADD COLUMN "currency_display" TEXT NOT NULL DEFAULT 'symbol';
ALTER TABLE "analysis_run" ADD COLUMN "margin_source" TEXT NOT NULL DEFAULT 'DEFAULT';
ALTER TABLE "analysis_run" ADD COLUMN "known_cost_share" DOUBLE PRECISION;
ALTER TABLE "product" ADD COLUMN "named_at" TIMESTAMPTZ(3);

-- Until now nothing could set a workspace's margin: 1 was the default, and any other margin was an option of its run.
UPDATE "workspace" SET "margin_rate" = NULL WHERE "margin_rate" = 1;
UPDATE "analysis_run" SET "margin_source" = 'OPTION' WHERE "margin_rate" <> 1;
