-- Samples that a letter's auditor draws and checks. Times are microseconds since 1970 UTC.

CREATE TABLE sample_draw (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    announced_by INTEGER NOT NULL,
    draw_post_id INTEGER NOT NULL REFERENCES letter_post (id),
    value TEXT,
    statement_post_id INTEGER REFERENCES letter_post (id)
);

-- One is open at a time.
CREATE UNIQUE INDEX ux_sample_draw_open ON sample_draw (letter_id) WHERE state IN ('Announced', 'Drawn');

CREATE TABLE sampled_line (
    draw_id INTEGER NOT NULL REFERENCES sample_draw (id),
    ordinal INTEGER NOT NULL,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    number INTEGER NOT NULL,
    signature_id INTEGER NOT NULL REFERENCES signature (id),
    finding TEXT,
    found_at INTEGER,
    sealed BLOB,
    PRIMARY KEY (draw_id, ordinal)
);

CREATE INDEX ix_sampled_line_signature ON sampled_line (signature_id);
