-- The model by which an answer calls itself, where that is not the name it was asked by; and whether
-- the numbers of a row are guessed, because the provider had told none yet.
ALTER TABLE usage_ledger ADD COLUMN answered_model TEXT;
ALTER TABLE usage_ledger ADD COLUMN is_estimated INTEGER NOT NULL DEFAULT 0;
