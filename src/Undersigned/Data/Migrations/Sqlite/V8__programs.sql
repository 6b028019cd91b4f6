-- Programs of others: tokens that read a letter’s desk, and webhooks with what was sent and what came back. Times are microseconds since 1970 UTC. The same step exists for the other engine.

CREATE TABLE api_token (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    name TEXT NOT NULL,
    token_tag BLOB NOT NULL,
    scopes TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by INTEGER NOT NULL REFERENCES account (id),
    ends_at INTEGER,
    used_at INTEGER,
    revoked_at INTEGER,
    revoked_by INTEGER REFERENCES account (id)
);

CREATE UNIQUE INDEX ux_api_token_tag ON api_token (token_tag);
CREATE INDEX ix_api_token_letter ON api_token (letter_id);

-- Addresses that are told what became public; what each was told of stands in its row.
CREATE TABLE webhook (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    host TEXT NOT NULL,
    former_until INTEGER,
    events TEXT NOT NULL,
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    made_by INTEGER NOT NULL REFERENCES account (id),
    record_seen INTEGER NOT NULL,
    record_at INTEGER,
    posts_seen INTEGER NOT NULL,
    state_seen TEXT NOT NULL,
    failing_since INTEGER,
    sealed BLOB
);

CREATE TABLE webhook_delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    webhook_id INTEGER NOT NULL REFERENCES webhook (id),
    message_id TEXT NOT NULL,
    event TEXT NOT NULL,
    body BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL
);

CREATE TABLE webhook_attempt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery_id INTEGER NOT NULL REFERENCES webhook_delivery (id),
    at INTEGER NOT NULL,
    status INTEGER,
    fault TEXT,
    milliseconds INTEGER NOT NULL,
    answer TEXT NOT NULL
);

CREATE INDEX ix_webhook_letter ON webhook (letter_id);
CREATE INDEX ix_webhook_delivery_state ON webhook_delivery (state, due_at);
CREATE INDEX ix_webhook_delivery_webhook ON webhook_delivery (webhook_id, id);
CREATE INDEX ix_webhook_attempt_delivery ON webhook_attempt (delivery_id);
