-- AlterTable
ALTER TABLE "product" ADD COLUMN     "in_stock" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "is_excluded" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "price" DECIMAL(14,4),
ADD COLUMN     "unit_cost" DECIMAL(14,4);

-- CreateTable
CREATE TABLE "product_event" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_event_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "customer_product" (
    "customer_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "days" INTEGER[],
    "quantity" DOUBLE PRECISION NOT NULL,
    "revenue" DOUBLE PRECISION NOT NULL,
    "cost" DOUBLE PRECISION,

    CONSTRAINT "customer_product_pkey" PRIMARY KEY ("customer_id","product_id")
);

-- CreateTable
CREATE TABLE "recommendation_model" (
    "run_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "findings" JSONB NOT NULL,

    CONSTRAINT "recommendation_model_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "product_score" (
    "run_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "price" DOUBLE PRECISION,
    "unit_cost" DOUBLE PRECISION,
    "buyers" INTEGER NOT NULL,
    "repeat_share" DOUBLE PRECISION NOT NULL,
    "usual_gap_days" DOUBLE PRECISION,

    CONSTRAINT "product_score_pkey" PRIMARY KEY ("run_id","product_id")
);

-- CreateTable
CREATE TABLE "trending_product" (
    "run_id" UUID NOT NULL,
    "country" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "trending_product_pkey" PRIMARY KEY ("run_id","country","rank")
);

-- CreateTable
CREATE TABLE "product_neighbor" (
    "run_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "neighbor_id" UUID NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "customers" INTEGER NOT NULL,
    "lift" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "product_neighbor_pkey" PRIMARY KEY ("run_id","product_id","kind","rank")
);

-- CreateTable
CREATE TABLE "recommendation" (
    "customer_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "rank" SMALLINT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "probability" DOUBLE PRECISION,
    "value" DOUBLE PRECISION,
    "because_ids" UUID[],
    "bought_both" INTEGER,
    "usual_gap_days" DOUBLE PRECISION,
    "last_bought_on" DATE,
    "times_bought" INTEGER NOT NULL DEFAULT 0,
    "expected_on" DATE,
    "price_ratio" DOUBLE PRECISION,

    CONSTRAINT "recommendation_pkey" PRIMARY KEY ("customer_id","run_id","rank")
);

-- CreateTable
CREATE TABLE "replenishment" (
    "customer_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "expected_on" DATE NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "usual_gap_days" DOUBLE PRECISION NOT NULL,
    "last_bought_on" DATE NOT NULL,
    "times_bought" INTEGER NOT NULL,

    CONSTRAINT "replenishment_pkey" PRIMARY KEY ("customer_id","run_id","product_id")
);

-- CreateTable
CREATE TABLE "recommendation_placement" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kinds" TEXT[],
    "categories" TEXT[],
    "minimum_price" DECIMAL(14,4),
    "maximum_price" DECIMAL(14,4),
    "not_bought_within_days" INTEGER,
    "most_per_category" INTEGER,
    "fallback" TEXT NOT NULL,
    "control_share" DOUBLE PRECISION NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recommendation_placement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recommendation_feedback" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "offer" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "placement" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recommendation_feedback_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateIndex
CREATE INDEX "customer_product_workspace_id_product_id_customer_id_idx" ON "customer_product"("workspace_id", "product_id", "customer_id");

-- CreateIndex
CREATE INDEX "replenishment_run_id_product_id_expected_on_customer_id_idx" ON "replenishment"("run_id", "product_id", "expected_on", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "recommendation_placement_workspace_id_name_key" ON "recommendation_placement"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "recommendation_feedback_workspace_id_placement_at_idx" ON "recommendation_feedback"("workspace_id", "placement", "at");

-- AddForeignKey
ALTER TABLE "recommendation_model" ADD CONSTRAINT "recommendation_model_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "analysis_run"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "product_score" ADD CONSTRAINT "product_score_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "analysis_run"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "trending_product" ADD CONSTRAINT "trending_product_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "analysis_run"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "product_neighbor" ADD CONSTRAINT "product_neighbor_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "analysis_run"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "recommendation_placement" ADD CONSTRAINT "recommendation_placement_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Summaries made before customer_product existed: the next analysis makes them all again, and what was bought with them.
UPDATE "customer_summary" SET "fact_version" = -1;
