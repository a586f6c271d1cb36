-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "workspace" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "annual_discount_rate" DOUBLE PRECISION NOT NULL DEFAULT 0.1,
    "margin_rate" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "published_run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scopes" TEXT[],
    "origins" TEXT[],
    "last_four" CHAR(4) NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT,
    "category" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "country" TEXT,
    "channel" TEXT,
    "fact_version" INTEGER NOT NULL DEFAULT 0,
    "last_fact_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "import_job_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(18,4) NOT NULL,
    "cost" DECIMAL(18,4),
    "channel" TEXT,
    "country" TEXT,
    "line_count" INTEGER NOT NULL,

    CONSTRAINT "order_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "customer_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "line_no" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "product_id" UUID,
    "quantity" DECIMAL(14,3) NOT NULL,
    "unit_price" DECIMAL(14,4) NOT NULL,
    "discount" DECIMAL(14,4) NOT NULL,
    "unit_cost" DECIMAL(14,4),

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("customer_id","order_id","line_no")
);

-- CreateTable
CREATE TABLE "refund" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "import_job_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "order_id" UUID,
    "refunded_at" TIMESTAMPTZ(3) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(18,4) NOT NULL,
    "cost" DECIMAL(18,4),

    CONSTRAINT "refund_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "import_job" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "rejected" JSONB NOT NULL DEFAULT '{}',
    "customers" INTEGER NOT NULL DEFAULT 0,
    "products" INTEGER NOT NULL DEFAULT 0,
    "orders" INTEGER NOT NULL DEFAULT 0,
    "refunds" INTEGER NOT NULL DEFAULT 0,
    "gross" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "net" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rejected_row" (
    "import_job_id" UUID NOT NULL,
    "line_no" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "raw" TEXT NOT NULL,

    CONSTRAINT "rejected_row_pkey" PRIMARY KEY ("import_job_id","line_no")
);

-- CreateTable
CREATE TABLE "customer_summary" (
    "customer_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "as_of" DATE NOT NULL,
    "fact_version" INTEGER NOT NULL,
    "order_count" INTEGER NOT NULL,
    "order_days" INTEGER NOT NULL,
    "first_order_on" DATE,
    "last_order_on" DATE,
    "purchase_value" DOUBLE PRECISION NOT NULL,
    "monetary_value" DOUBLE PRECISION,
    "gross_revenue" DECIMAL(18,4) NOT NULL,
    "net_revenue" DECIMAL(18,4) NOT NULL,
    "net_margin" DECIMAL(18,4),

    CONSTRAINT "customer_summary_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "analysis_run" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "as_of" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "annual_discount_rate" DOUBLE PRECISION NOT NULL,
    "margin_rate" DOUBLE PRECISION NOT NULL,
    "customers" INTEGER NOT NULL DEFAULT 0,
    "clv_bin_edges" DOUBLE PRECISION[],
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "analysis_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_fit" (
    "run_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "process" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "parameters" JSONB NOT NULL,
    "standard_errors" JSONB,
    "log_likelihood" DOUBLE PRECISION,
    "iterations" INTEGER,
    "customers" INTEGER NOT NULL,

    CONSTRAINT "model_fit_pkey" PRIMARY KEY ("run_id","process")
);

-- CreateTable
CREATE TABLE "customer_score" (
    "customer_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "segment" TEXT NOT NULL,
    "recency" SMALLINT NOT NULL,
    "frequency" SMALLINT NOT NULL,
    "monetary" SMALLINT NOT NULL,
    "probability_alive" DOUBLE PRECISION,
    "churn_90" DOUBLE PRECISION NOT NULL,
    "expected_spend" DOUBLE PRECISION NOT NULL,
    "expected_orders_3" DOUBLE PRECISION NOT NULL,
    "expected_orders_6" DOUBLE PRECISION NOT NULL,
    "expected_orders_12" DOUBLE PRECISION NOT NULL,
    "expected_orders_24" DOUBLE PRECISION NOT NULL,
    "expected_orders_36" DOUBLE PRECISION NOT NULL,
    "clv_3" DOUBLE PRECISION NOT NULL,
    "clv_6" DOUBLE PRECISION NOT NULL,
    "clv_12" DOUBLE PRECISION NOT NULL,
    "clv_24" DOUBLE PRECISION NOT NULL,
    "clv_36" DOUBLE PRECISION NOT NULL,
    "money_at_risk" DOUBLE PRECISION NOT NULL,
    "last_order_on" DATE NOT NULL,
    "net_revenue" DECIMAL(18,4) NOT NULL,
    "order_count" INTEGER NOT NULL,
    "order_days" INTEGER NOT NULL,

    CONSTRAINT "customer_score_pkey" PRIMARY KEY ("customer_id","run_id")
);

-- CreateTable
CREATE TABLE "score_cell" (
    "id" BIGSERIAL NOT NULL,
    "run_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "segment" TEXT NOT NULL,
    "recency" SMALLINT NOT NULL,
    "fm" SMALLINT NOT NULL,
    "cohort" DATE,
    "country" TEXT,
    "clv_bin" SMALLINT NOT NULL,
    "customers" INTEGER NOT NULL,
    "net_revenue" DECIMAL(18,4) NOT NULL,
    "money_at_risk" DOUBLE PRECISION NOT NULL,
    "expected_orders_3" DOUBLE PRECISION NOT NULL,
    "expected_orders_6" DOUBLE PRECISION NOT NULL,
    "expected_orders_12" DOUBLE PRECISION NOT NULL,
    "expected_orders_24" DOUBLE PRECISION NOT NULL,
    "expected_orders_36" DOUBLE PRECISION NOT NULL,
    "clv_3" DOUBLE PRECISION NOT NULL,
    "clv_6" DOUBLE PRECISION NOT NULL,
    "clv_12" DOUBLE PRECISION NOT NULL,
    "clv_24" DOUBLE PRECISION NOT NULL,
    "clv_36" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "score_cell_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cohort_cell" (
    "run_id" UUID NOT NULL,
    "granularity" TEXT NOT NULL,
    "cohort" DATE NOT NULL,
    "period" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "customers" INTEGER NOT NULL,
    "active_customers" INTEGER NOT NULL,
    "revenue" DECIMAL(18,4) NOT NULL,

    CONSTRAINT "cohort_cell_pkey" PRIMARY KEY ("run_id","granularity","cohort","period")
);

-- CreateIndex
CREATE UNIQUE INDEX "workspace_name_key" ON "workspace"("name");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_workspace_id_created_at_idx" ON "api_key"("workspace_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "product_workspace_id_external_id_key" ON "product"("workspace_id", "external_id");

-- CreateIndex
CREATE INDEX "customer_workspace_id_id_idx" ON "customer"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "customer_workspace_id_external_id_idx" ON "customer"("workspace_id", "external_id");

-- CreateIndex
CREATE INDEX "order_customer_id_placed_at_id_idx" ON "order"("customer_id", "placed_at", "id");

-- CreateIndex
CREATE INDEX "refund_customer_id_order_id_idx" ON "refund"("customer_id", "order_id");

-- CreateIndex
CREATE INDEX "import_job_workspace_id_started_at_id_idx" ON "import_job"("workspace_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "customer_summary_workspace_id_customer_id_idx" ON "customer_summary"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "analysis_run_workspace_id_started_at_id_idx" ON "analysis_run"("workspace_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "customer_score_run_id_clv_12_customer_id_idx" ON "customer_score"("run_id", "clv_12", "customer_id");

-- CreateIndex
CREATE INDEX "customer_score_run_id_churn_90_customer_id_idx" ON "customer_score"("run_id", "churn_90", "customer_id");

-- CreateIndex
CREATE INDEX "customer_score_run_id_money_at_risk_customer_id_idx" ON "customer_score"("run_id", "money_at_risk", "customer_id");

-- CreateIndex
CREATE INDEX "customer_score_run_id_last_order_on_customer_id_idx" ON "customer_score"("run_id", "last_order_on", "customer_id");

-- CreateIndex
CREATE INDEX "customer_score_run_id_net_revenue_customer_id_idx" ON "customer_score"("run_id", "net_revenue", "customer_id");

-- CreateIndex
CREATE INDEX "customer_score_run_id_segment_clv_12_customer_id_idx" ON "customer_score"("run_id", "segment", "clv_12", "customer_id");

-- CreateIndex
CREATE INDEX "score_cell_run_id_idx" ON "score_cell"("run_id");

-- AddForeignKey
ALTER TABLE "workspace" ADD CONSTRAINT "workspace_published_run_id_fkey" FOREIGN KEY ("published_run_id") REFERENCES "analysis_run"("id") ON DELETE SET NULL ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "order" ADD CONSTRAINT "order_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_customer_id_order_id_fkey" FOREIGN KEY ("customer_id", "order_id") REFERENCES "order"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customer_summary" ADD CONSTRAINT "customer_summary_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "analysis_run" ADD CONSTRAINT "analysis_run_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "model_fit" ADD CONSTRAINT "model_fit_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "analysis_run"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customer_score" ADD CONSTRAINT "customer_score_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customer_score" ADD CONSTRAINT "customer_score_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "analysis_run"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "score_cell" ADD CONSTRAINT "score_cell_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "analysis_run"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "cohort_cell" ADD CONSTRAINT "cohort_cell_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "analysis_run"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
