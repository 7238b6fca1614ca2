-- Most calls belong to no session and to no key: an index without them costs such a call nothing.
DROP INDEX usage_ledger_session;
CREATE INDEX usage_ledger_session ON usage_ledger (session_id) WHERE session_id IS NOT NULL;
DROP INDEX usage_ledger_key;
CREATE INDEX usage_ledger_key ON usage_ledger (key_id, at_ms) WHERE key_id IS NOT NULL;
