-- Quotations that signers agree to, and where to report. Times are microseconds since 1970 UTC.

CREATE TABLE quotation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    signature_id INTEGER NOT NULL REFERENCES signature (id),
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    agreed_how TEXT,
    agreed_at INTEGER,
    sealed BLOB
);

CREATE INDEX ix_quotation_letter ON quotation (letter_id, state);
CREATE INDEX ix_quotation_signature ON quotation (signature_id);

-- Where to report: what one owner proposes, and another confirms. At most one waits.
CREATE TABLE channel_proposal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    channels TEXT NOT NULL,
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    proposed_by INTEGER NOT NULL,
    proposed_at INTEGER NOT NULL,
    decided_by INTEGER,
    post_id INTEGER REFERENCES letter_post (id)
);

CREATE UNIQUE INDEX ux_channel_proposal_waiting ON channel_proposal (letter_id) WHERE state = 'Waiting';
CREATE INDEX ix_channel_proposal_letter ON channel_proposal (letter_id, id);
