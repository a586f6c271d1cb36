-- AlterTable
ALTER TABLE "analysis_run" ADD COLUMN     "backtest_reason" TEXT,
ADD COLUMN     "backtest_weeks" INTEGER,
ADD COLUMN     "covariates" JSONB,
ADD COLUMN     "coverage_customers" DOUBLE PRECISION,
ADD COLUMN     "coverage_total" DOUBLE PRECISION,
ADD COLUMN     "drift" DOUBLE PRECISION,
ADD COLUMN     "formulas" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "model_reason" TEXT,
ADD COLUMN     "shared_deviations" DOUBLE PRECISION[],
ADD COLUMN     "spend_correlation" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "model_fit" DROP CONSTRAINT "model_fit_pkey",
ADD COLUMN     "covariance" JSONB,
ADD COLUMN     "is_chosen" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "prior_weight" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD CONSTRAINT "model_fit_pkey" PRIMARY KEY ("run_id", "process", "model");

-- AlterTable
ALTER TABLE "customer_score" ADD COLUMN     "clv_change" DOUBLE PRECISION[],
ADD COLUMN     "clv_p10" REAL[],
ADD COLUMN     "clv_p50" REAL[],
ADD COLUMN     "clv_p90" REAL[],
ADD COLUMN     "clv_variance" DOUBLE PRECISION[],
ADD COLUMN     "first_order_on" DATE,
ADD COLUMN     "monetary_value" DOUBLE PRECISION,
ADD COLUMN     "purchase_value" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "stratum" SMALLINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "score_cell" ADD COLUMN     "clv_variance" DOUBLE PRECISION[];

-- CreateTable
CREATE TABLE "backtest" (
    "run_id" UUID NOT NULL,
    "origin" DATE NOT NULL,
    "model" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "figures" JSONB NOT NULL,

    CONSTRAINT "backtest_pkey" PRIMARY KEY ("run_id","origin","model")
);

-- AddForeignKey
ALTER TABLE "backtest" ADD CONSTRAINT "backtest_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "analysis_run"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
