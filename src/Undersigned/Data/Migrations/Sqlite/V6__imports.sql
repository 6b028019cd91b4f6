-- Sheets of names on their way into the list. Times are microseconds since 1970 UTC. The same step exists for the other engine.

CREATE TABLE sheet_import (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    length INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    separator TEXT NOT NULL,
    has_headings INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    rows_done INTEGER NOT NULL,
    good INTEGER NOT NULL,
    doubled INTEGER NOT NULL,
    unwanted INTEGER NOT NULL,
    wrong INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    restored INTEGER NOT NULL,
    is_known INTEGER NOT NULL,
    bulk_act_id INTEGER REFERENCES bulk_act (id),
    undone_by INTEGER REFERENCES account (id),
    undone_up_to INTEGER NOT NULL,
    problem TEXT,
    worker TEXT,
    leased_until INTEGER,
    sealed BLOB
);

-- The file, piece by piece, each sealed.
CREATE TABLE sheet_part (
    import_id INTEGER NOT NULL REFERENCES sheet_import (id),
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (import_id, number)
);

CREATE TABLE sheet_fault (
    import_id INTEGER NOT NULL REFERENCES sheet_import (id),
    row_number INTEGER NOT NULL,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    kind TEXT NOT NULL,
    sealed BLOB,
    PRIMARY KEY (import_id, row_number)
);

CREATE INDEX ix_sheet_import_letter ON sheet_import (letter_id, id);
CREATE INDEX ix_sheet_import_state ON sheet_import (state);
