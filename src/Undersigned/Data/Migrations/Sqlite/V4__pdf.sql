-- Letter and names as a PDF: the queue, the bytes, and the private links of outlets. Times are microseconds since 1970 UTC.
-- The same step exists for the other engine.

CREATE TABLE embargo_copy (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    outlet TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by INTEGER NOT NULL REFERENCES account (id),
    is_off INTEGER NOT NULL,
    openings INTEGER NOT NULL,
    opened_at INTEGER
);

CREATE TABLE letter_pdf (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    edition INTEGER,
    embargo_copy_id INTEGER REFERENCES embargo_copy (id),
    state TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    heard_at INTEGER,
    done INTEGER NOT NULL,
    names INTEGER NOT NULL,
    mark TEXT NOT NULL,
    as_of INTEGER,
    made_at INTEGER,
    pages INTEGER NOT NULL,
    length INTEGER NOT NULL,
    sha256 BLOB,
    trouble TEXT
);

CREATE TABLE pdf_piece (
    letter_pdf_id INTEGER NOT NULL REFERENCES letter_pdf (id),
    ordinal INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (letter_pdf_id, ordinal)
);

CREATE INDEX ix_embargo_copy_letter ON embargo_copy (letter_id);
CREATE INDEX ix_letter_pdf_letter ON letter_pdf (letter_id, edition);
CREATE INDEX ix_letter_pdf_state ON letter_pdf (state, id);
-- Of two servers that want the same, one has it made.
CREATE UNIQUE INDEX ux_letter_pdf_edition ON letter_pdf (letter_id, edition) WHERE state IN ('Waiting', 'Making');
CREATE UNIQUE INDEX ux_letter_pdf_copy ON letter_pdf (embargo_copy_id) WHERE state IN ('Waiting', 'Making');
