-- Who changed what. The newest rows are kept, see ActivityLog; before and after are JSON, or empty
-- where there was nothing, and hold no secrets.
CREATE TABLE activity (
    id BIGINT PRIMARY KEY,
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before_json TEXT,
    after_json TEXT,
    outcome TEXT NOT NULL,
    reason TEXT
);
