-- Which of the relay's own keys a call came with; none for this home's own processes and where no
-- key is needed.
ALTER TABLE usage_ledger ADD COLUMN key_id TEXT;
CREATE INDEX usage_ledger_key ON usage_ledger (key_id, at_ms);
