-- What revenue contains: NET_SALES is without tax and shipping, TOTAL_SALES with them. Runs until now counted net sales.
ALTER TABLE "workspace" ADD COLUMN "revenue" TEXT NOT NULL DEFAULT 'NET_SALES';
ALTER TABLE "analysis_run" ADD COLUMN "revenue" TEXT NOT NULL DEFAULT 'NET_SALES';
