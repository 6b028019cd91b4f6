-- Tokens with which programs read a letter's desk. Times are microseconds since 1970 UTC. The same step exists for the other engine.

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
