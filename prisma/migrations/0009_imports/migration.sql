-- A file comes from a source, which a profile knows how to read.
ALTER TABLE "import_job" RENAME COLUMN "format" TO "source";
ALTER TABLE "import_job" ADD COLUMN "excluded" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "import_job" ADD COLUMN "warnings" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "import_job" ADD COLUMN "discount" DECIMAL(18,4) NOT NULL DEFAULT 0;
ALTER TABLE "import_job" ADD COLUMN "tax" DECIMAL(18,4) NOT NULL DEFAULT 0;
ALTER TABLE "import_job" ADD COLUMN "shipping" DECIMAL(18,4) NOT NULL DEFAULT 0;
ALTER TABLE "import_job" ADD COLUMN "anonymous_orders" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "import_job" ADD COLUMN "anonymous_net" DECIMAL(18,4) NOT NULL DEFAULT 0;
ALTER TABLE "customer" ADD COLUMN "is_anonymous" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "customer" ADD COLUMN "named_at" TIMESTAMPTZ(3);
ALTER TABLE "customer" ADD COLUMN "channel_at" TIMESTAMPTZ(3);
ALTER TABLE "order" ADD COLUMN "discount" DECIMAL(18,4) NOT NULL DEFAULT 0;
ALTER TABLE "order" ADD COLUMN "tax" DECIMAL(18,4) NOT NULL DEFAULT 0;
ALTER TABLE "order" ADD COLUMN "shipping" DECIMAL(18,4) NOT NULL DEFAULT 0;
ALTER TABLE "order" ADD COLUMN "paid_currency" CHAR(3);
ALTER TABLE "order" ADD COLUMN "paid_amount" DECIMAL(18,4);
ALTER TABLE "refund" ADD COLUMN "paid_currency" CHAR(3);
ALTER TABLE "refund" ADD COLUMN "paid_amount" DECIMAL(18,4);

-- CreateTable
CREATE TABLE "exchange_rate" (
    "workspace_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "day" DATE NOT NULL,
    "rate" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "exchange_rate_pkey" PRIMARY KEY ("workspace_id","currency","day")
);

-- AddForeignKey
ALTER TABLE "exchange_rate" ADD CONSTRAINT "exchange_rate_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
