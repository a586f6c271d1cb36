-- Cells know how noisy their customers are, and who is worth the most: a total can be told without one customer, and is
-- never less sure of its lower end than a part of it is. Runs until now have one class, and nobody told apart.
ALTER TABLE "score_cell" ADD COLUMN "spread_class" SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE "score_cell" ADD COLUMN "largest_clv" DOUBLE PRECISION[];
