-- A request is looked up by the id that its client was told.
CREATE INDEX usage_ledger_request ON usage_ledger (request_id);

-- What one call adds to each sum that is told. The cost is summed in two parts, which cannot
-- overflow where one sum could.
CREATE VIEW usage_call AS SELECT
    id,
    at_ms,
    at_ms / 900000 AS quarter,
    provider,
    model,
    client,
    session_id,
    1 AS requests,
    CASE WHEN outcome = 'FAILED' THEN 1 ELSE 0 END AS failed,
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_tokens,
    reasoning_tokens,
    COALESCE(cost_pico_usd / 1000000, 0) AS cost_micro_usd,
    COALESCE(cost_pico_usd % 1000000, 0) AS cost_rest_pico_usd,
    CASE WHEN outcome <> 'FAILED' AND is_local = 0 AND cost_pico_usd IS NOT NULL
        THEN 1 ELSE 0 END AS priced,
    CASE WHEN outcome <> 'FAILED' AND is_local = 1 THEN 1 ELSE 0 END AS local,
    CASE WHEN outcome <> 'FAILED' AND is_local = 0 AND cost_pico_usd IS NULL
        THEN 1 ELSE 0 END AS unpriced
FROM usage_ledger;

-- The sums of each quarter of an hour, so that a report reads thousands of rows where the ledger
-- has hundreds of thousands. Every zone is a whole number of quarters off UTC: each lies in one day
-- everywhere. No session is an empty one here, because NULLs are all different in a key.
CREATE TABLE usage_quarter (
    quarter BIGINT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    client TEXT NOT NULL,
    session_id TEXT NOT NULL,
    requests BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    cache_read_tokens BIGINT NOT NULL,
    cache_write_tokens BIGINT NOT NULL,
    reasoning_tokens BIGINT NOT NULL,
    cost_micro_usd BIGINT NOT NULL,
    cost_rest_pico_usd BIGINT NOT NULL,
    priced BIGINT NOT NULL,
    local BIGINT NOT NULL,
    unpriced BIGINT NOT NULL,
    PRIMARY KEY (quarter, provider, model, client, session_id)
) WITHOUT ROWID;

INSERT INTO usage_quarter
SELECT quarter, provider, model, client, COALESCE(session_id, ''), SUM(requests), SUM(failed),
    SUM(input_tokens), SUM(output_tokens), SUM(cache_read_tokens), SUM(cache_write_tokens),
    SUM(reasoning_tokens), SUM(cost_micro_usd), SUM(cost_rest_pico_usd), SUM(priced), SUM(local),
    SUM(unpriced)
FROM usage_call GROUP BY 1, 2, 3, 4, 5;

-- Rows are added and never changed.
CREATE TRIGGER usage_ledger_summed AFTER INSERT ON usage_ledger BEGIN
    INSERT INTO usage_quarter
    SELECT quarter, provider, model, client, COALESCE(session_id, ''), requests, failed,
        input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens,
        cost_micro_usd, cost_rest_pico_usd, priced, local, unpriced
    FROM usage_call WHERE id = NEW.id
    ON CONFLICT DO UPDATE SET
        requests = requests + excluded.requests,
        failed = failed + excluded.failed,
        input_tokens = input_tokens + excluded.input_tokens,
        output_tokens = output_tokens + excluded.output_tokens,
        cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens,
        cache_write_tokens = cache_write_tokens + excluded.cache_write_tokens,
        reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens,
        cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd,
        cost_rest_pico_usd = cost_rest_pico_usd + excluded.cost_rest_pico_usd,
        priced = priced + excluded.priced,
        local = local + excluded.local,
        unpriced = unpriced + excluded.unpriced; END;
