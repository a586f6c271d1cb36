-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "holdout_share" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "orders_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "analysis_run" ADD COLUMN     "rfm_edges" JSONB,
ADD COLUMN     "segment_facts" JSONB;

-- CreateTable
CREATE TABLE "campaign" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "audience" JSONB NOT NULL DEFAULT '{}',
    "control" TEXT NOT NULL,
    "stratify_by" TEXT,
    "window_days" INTEGER NOT NULL,
    "budget" DECIMAL(14,4),
    "cost_per_message" DECIMAL(14,4),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_variant" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "weight" DOUBLE PRECISION,
    "is_control" BOOLEAN NOT NULL,

    CONSTRAINT "campaign_variant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_exposure" (
    "customer_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "clicked_at" TIMESTAMPTZ(3),
    "converted_at" TIMESTAMPTZ(3),
    "unsubscribed_at" TIMESTAMPTZ(3),
    "bounced_at" TIMESTAMPTZ(3),
    "complained_at" TIMESTAMPTZ(3),
    "is_contaminated" BOOLEAN NOT NULL DEFAULT false,
    "stratum" TEXT,
    "audience_group" TEXT,
    "given_prior" DOUBLE PRECISION,
    "snapshot_version" INTEGER,
    "segment" TEXT,
    "tier" TEXT,
    "channel" TEXT,
    "country" TEXT,
    "category" TEXT,
    "prior_revenue" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "predicted_clv" DOUBLE PRECISION,

    CONSTRAINT "campaign_exposure_pkey" PRIMARY KEY ("customer_id","campaign_id","variant_id")
);

-- CreateTable
CREATE TABLE "campaign_effect" (
    "run_id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "segment" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "customers" INTEGER NOT NULL,
    "controls" INTEGER NOT NULL,
    "margin" DOUBLE PRECISION NOT NULL,
    "variance" DOUBLE PRECISION NOT NULL,
    "cost" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "campaign_effect_pkey" PRIMARY KEY ("run_id","variant_id","segment")
);

-- CreateIndex
CREATE UNIQUE INDEX "campaign_workspace_id_name_key" ON "campaign"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_variant_campaign_id_name_key" ON "campaign_variant"("campaign_id", "name");

-- CreateIndex
CREATE INDEX "campaign_exposure_campaign_id_assigned_at_idx" ON "campaign_exposure"("campaign_id", "assigned_at");

-- CreateIndex
CREATE INDEX "customer_workspace_id_email_idx" ON "customer"("workspace_id", "email");

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaign_variant" ADD CONSTRAINT "campaign_variant_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaign_effect" ADD CONSTRAINT "campaign_effect_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "analysis_run"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- What is there already
UPDATE "workspace" w SET "orders_until" = (SELECT max("placed_at") FROM "order" o WHERE o."workspace_id" = w."id");
