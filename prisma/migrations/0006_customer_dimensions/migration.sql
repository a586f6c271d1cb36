-- CreateIndex
CREATE INDEX "customer_workspace_id_country_idx" ON "customer"("workspace_id", "country");

-- CreateIndex
CREATE INDEX "customer_workspace_id_channel_idx" ON "customer"("workspace_id", "channel");
