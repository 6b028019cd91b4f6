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
