-- One row for each call to a model. Costs are whole numbers of 1e-12 USD, so that sums are exact;
-- no cost means that the price is unknown. Booleans are 0 or 1, times are milliseconds since 1970.
CREATE TABLE usage_ledger (
    id TEXT PRIMARY KEY,
    request_id TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    client TEXT NOT NULL,
    session_id TEXT,
    protocol TEXT NOT NULL,
    requested_model TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    outcome TEXT NOT NULL,
    error_kind TEXT,
    status INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    streamed INTEGER NOT NULL,
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    cache_read_tokens BIGINT NOT NULL,
    cache_write_tokens BIGINT NOT NULL,
    reasoning_tokens BIGINT NOT NULL,
    cost_pico_usd BIGINT,
    is_local INTEGER NOT NULL,
    latency_ms BIGINT NOT NULL,
    first_token_ms BIGINT NOT NULL,
    overhead_us BIGINT NOT NULL
);

CREATE INDEX usage_ledger_at ON usage_ledger (at_ms);
