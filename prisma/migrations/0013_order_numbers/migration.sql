-- Refunds that name an order and no customer are imported by the order's number.
CREATE INDEX "order_workspace_id_external_id_idx" ON "order"("workspace_id", "external_id");
