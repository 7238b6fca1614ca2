-- The relay's own keys: what a client shows to be let in. The key itself is nowhere, only its
-- SHA-256 in hexadecimal. A revoked key stays, so that it is told apart from a wrong one and its
-- spend keeps a name. No limit is NULL; models are patterns, one a line.
CREATE TABLE relay_key (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    key_hash TEXT NOT NULL UNIQUE,
    hint TEXT NOT NULL,
    scope TEXT NOT NULL,
    models TEXT NOT NULL,
    rpm BIGINT,
    tpm BIGINT,
    budget_pico_usd BIGINT,
    is_launch INTEGER NOT NULL,
    created_at_ms BIGINT NOT NULL,
    last_used_at_ms BIGINT,
    revoked_at_ms BIGINT
);
-- People say a key by its name. Those of `hal0 launch` are made and revoked by the program.
CREATE UNIQUE INDEX relay_key_name ON relay_key (name) WHERE revoked_at_ms IS NULL AND is_launch = 0;
