-- What a session cost is asked before each request that a session's budget covers.
CREATE INDEX usage_ledger_session ON usage_ledger (session_id);
