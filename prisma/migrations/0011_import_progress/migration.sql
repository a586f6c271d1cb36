-- How far an import is.
ALTER TABLE "import_job" ADD COLUMN "progress" DOUBLE PRECISION NOT NULL DEFAULT 0;

UPDATE "import_job" SET "progress" = 1 WHERE "status" = 'DONE';
