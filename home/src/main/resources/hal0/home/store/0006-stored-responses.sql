-- Answers that a client of the Responses API may go on from, and what it had asked: JSON as text.
-- The owner is the key that asked; empty for this home's own processes and where no key is needed.
CREATE TABLE stored_responses (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    previous_id TEXT,
    input TEXT NOT NULL,
    answer TEXT NOT NULL,
    size BIGINT NOT NULL
);

CREATE INDEX stored_responses_created ON stored_responses (created_ms);
