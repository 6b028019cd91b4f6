-- Verification and admission, pairs, inquiries, editions, sealed secrets. Times are microseconds since 1970 UTC.
-- The same step exists for the other engine.

ALTER TABLE letter ADD COLUMN admission TEXT NOT NULL DEFAULT '{}';
ALTER TABLE letter ADD COLUMN limits TEXT NOT NULL DEFAULT '{}';
ALTER TABLE letter ADD COLUMN eras TEXT NOT NULL DEFAULT '[]';
ALTER TABLE letter ADD COLUMN era_words TEXT NOT NULL DEFAULT '{}';
ALTER TABLE letter ADD COLUMN domains TEXT NOT NULL DEFAULT '[]';
ALTER TABLE letter ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 180;
ALTER TABLE letter ADD COLUMN follows_letter_id INTEGER;
ALTER TABLE letter ADD COLUMN edition_at INTEGER;
ALTER TABLE letter ADD COLUMN edition_every_hours INTEGER NOT NULL DEFAULT 24;
ALTER TABLE signature ADD COLUMN sealed BLOB;
ALTER TABLE signature ADD COLUMN network_tag BLOB;
ALTER TABLE signature ADD COLUMN is_suspect INTEGER NOT NULL DEFAULT 0;
ALTER TABLE signature ADD COLUMN keep_informed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE signature ADD COLUMN press_may_call INTEGER NOT NULL DEFAULT 0;
ALTER TABLE signature ADD COLUMN has_note INTEGER NOT NULL DEFAULT 0;
ALTER TABLE signature ADD COLUMN looks_needed INTEGER NOT NULL DEFAULT 1;
ALTER TABLE signature ADD COLUMN risk INTEGER NOT NULL DEFAULT 0;
ALTER TABLE signature ADD COLUMN imported_by INTEGER;
ALTER TABLE change ADD COLUMN revision INTEGER;
ALTER TABLE change ADD COLUMN post_id INTEGER;
ALTER TABLE line ADD COLUMN location TEXT;
ALTER TABLE line ADD COLUMN folded_location TEXT;
ALTER TABLE staff_act ADD COLUMN bulk_act_id INTEGER;

-- An answer to somebody whose line nobody knows is about none; this engine makes the table anew for that.
CREATE TABLE outbox_mail_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    signature_id INTEGER REFERENCES signature (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    mailbox_tag BLOB NOT NULL,
    domain TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    sent_at INTEGER,
    verdict TEXT,
    inquiry_id INTEGER
);
INSERT INTO outbox_mail_new SELECT id, letter_id, signature_id, kind, state, mailbox_tag, domain, created_at, due_at, attempts, sent_at, verdict, NULL FROM outbox_mail;
DROP TABLE outbox_mail;
ALTER TABLE outbox_mail_new RENAME TO outbox_mail;
CREATE INDEX ix_outbox_mail_due ON outbox_mail (state, due_at);
CREATE INDEX ix_outbox_mail_mailbox ON outbox_mail (mailbox_tag, created_at);
CREATE INDEX ix_outbox_mail_letter ON outbox_mail (letter_id, state);
CREATE INDEX ix_outbox_mail_signature ON outbox_mail (signature_id);

-- A letter without a glance lets every level in at once.
UPDATE letter SET admission = '{"noGlance":["Imported","Email","Account","Domain","Roster","Vouched","Known"]}' WHERE glance_required = 0;
ALTER TABLE letter DROP COLUMN glance_required;

-- What stood plain moves into the sealed column; the first start of this release seals it (see SealedUpgrade).
UPDATE signature SET sealed = CAST(json_object('email', email) AS BLOB) WHERE email IS NOT NULL;
ALTER TABLE signature DROP COLUMN email;

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    signature_id INTEGER NOT NULL REFERENCES signature (id),
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    account_id INTEGER,
    voucher_id INTEGER REFERENCES signature (id),
    account_tag BLOB,
    from_letter_id INTEGER,
    ended_at INTEGER,
    ended_by INTEGER,
    sealed BLOB
);

-- How a person is known is a piece of evidence from here on.
INSERT INTO evidence (letter_id, signature_id, kind, at, account_id, sealed)
    SELECT letter_id, id, 'Known', COALESCE(decided_at, submitted_at), decided_by, CAST(json_object('what', known_how) AS BLOB) FROM signature WHERE known_how IS NOT NULL;
ALTER TABLE signature DROP COLUMN known_how;

CREATE TABLE roster_entry (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    address_tag BLOB NOT NULL,
    name_tag BLOB,
    added_by INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (letter_id, address_tag)
);

CREATE TABLE watch_name (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,
    context TEXT NOT NULL,
    is_title INTEGER NOT NULL,
    added_by INTEGER NOT NULL,
    at INTEGER NOT NULL
);

CREATE TABLE look (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    signature_id INTEGER NOT NULL REFERENCES signature (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT,
    mark TEXT NOT NULL
);

CREATE TABLE pair (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    first_id INTEGER NOT NULL REFERENCES signature (id),
    second_id INTEGER NOT NULL REFERENCES signature (id),
    bits REAL NOT NULL,
    is_likely INTEGER NOT NULL,
    may_be_impersonation INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    state TEXT NOT NULL,
    found_at INTEGER NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    PRIMARY KEY (letter_id, first_id, second_id)
);

-- Which lines came, left or were changed in what likeness is found by; numbers rise in the order of commits.
CREATE TABLE standing_change (
    at INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL,
    signature_id INTEGER NOT NULL UNIQUE
);

CREATE TABLE inquiry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    signature_id INTEGER REFERENCES signature (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    address_tag BLOB,
    email_domain TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    code_round INTEGER NOT NULL,
    code_tries INTEGER NOT NULL,
    code_expires_at INTEGER,
    confirmed_at INTEGER,
    due_at INTEGER,
    message_hash BLOB,
    outcome TEXT,
    answered_at INTEGER,
    answered_by INTEGER,
    bulk_act_id INTEGER,
    sealed BLOB
);

CREATE TABLE mail_breaker (
    domain TEXT PRIMARY KEY NOT NULL,
    tripped_at INTEGER NOT NULL,
    tried INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    released_at INTEGER,
    released_by INTEGER
);

CREATE TABLE letter_post (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    kind TEXT NOT NULL,
    text BLOB NOT NULL,
    text_hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    leaf_index INTEGER
);

CREATE TABLE edition (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    standing INTEGER NOT NULL,
    added INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    corrected INTEGER NOT NULL,
    post_id INTEGER NOT NULL REFERENCES letter_post (id),
    PRIMARY KEY (letter_id, number)
);

CREATE TABLE line_post (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    leaf_index INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    position TEXT,
    folded_position TEXT,
    organization TEXT,
    folded_organization TEXT,
    from_year INTEGER,
    to_year INTEGER,
    PRIMARY KEY (letter_id, leaf_index, ordinal)
);

CREATE TABLE bulk_act (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    count INTEGER NOT NULL,
    undone_at INTEGER,
    undone_by INTEGER
);

CREATE TABLE bulk_act_item (
    bulk_act_id INTEGER NOT NULL REFERENCES bulk_act (id),
    signature_id INTEGER NOT NULL REFERENCES signature (id),
    letter_id INTEGER NOT NULL,
    sealed BLOB,
    PRIMARY KEY (bulk_act_id, signature_id)
);

CREATE TABLE staff_session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id),
    since INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    browser TEXT NOT NULL,
    ended_at INTEGER
);

CREATE TABLE spelling_difference (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    part TEXT NOT NULL,
    first_tag BLOB NOT NULL,
    second_tag BLOB NOT NULL,
    decided_by INTEGER NOT NULL REFERENCES account (id),
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (letter_id, part, first_tag, second_tag)
);

-- What each server counted of forms and codes, minute by minute, for the others; gone after a day.
CREATE TABLE attempt_count (
    key BLOB NOT NULL,
    server INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    number INTEGER NOT NULL,
    usual REAL NOT NULL,
    PRIMARY KEY (key, server, minute)
);

CREATE INDEX ix_evidence_signature ON evidence (signature_id);
CREATE INDEX ix_evidence_voucher ON evidence (voucher_id);
CREATE UNIQUE INDEX ux_evidence_account ON evidence (letter_id, account_tag) WHERE account_tag IS NOT NULL AND ended_at IS NULL;
CREATE INDEX ix_watch_name_letter ON watch_name (letter_id);
CREATE UNIQUE INDEX ux_look ON look (signature_id, account_id, mark);
CREATE INDEX ix_pair_second ON pair (letter_id, second_id);
CREATE INDEX ix_standing_change ON standing_change (letter_id, at);
CREATE INDEX ix_pair_state ON pair (letter_id, state, bits);
CREATE INDEX ix_inquiry_state ON inquiry (letter_id, state, due_at);
CREATE UNIQUE INDEX ux_inquiry_address ON inquiry (signature_id, address_tag) WHERE kind IN ('NotMe', 'Wrong') AND state IN ('Waiting', 'Answered');
CREATE INDEX ix_inquiry_domain ON inquiry (letter_id, email_domain, submitted_at);
CREATE INDEX ix_outbox_mail_sent ON outbox_mail (sent_at);
CREATE INDEX ix_outbox_mail_domain ON outbox_mail (domain, created_at);
CREATE UNIQUE INDEX ux_inquiry_message ON inquiry (letter_id, message_hash);
CREATE INDEX ix_letter_post_letter ON letter_post (letter_id, id);
CREATE INDEX ix_line_post_organization ON line_post (letter_id, folded_organization);
CREATE INDEX ix_bulk_act_letter ON bulk_act (letter_id, id);
CREATE INDEX ix_staff_session_account ON staff_session (account_id);
CREATE INDEX ix_attempt_count_minute ON attempt_count (minute);
CREATE INDEX ix_staff_act_look ON staff_act (letter_id, account_id, signature_id, at);
CREATE INDEX ix_signature_domain ON signature (letter_id, email_domain);

-- The record of what staff did is only added to.
CREATE TRIGGER staff_act_keep_update BEFORE UPDATE ON staff_act BEGIN SELECT RAISE(ABORT, 'the record of acts is only added to'); END;
CREATE TRIGGER staff_act_keep_delete BEFORE DELETE ON staff_act BEGIN SELECT RAISE(ABORT, 'the record of acts is only added to'); END;

-- Whoever writes, the worker that compares names hears of it.
CREATE TRIGGER signature_stands_insert AFTER INSERT ON signature WHEN new.state IN ('Confirmed', 'InReview', 'Admitted', 'Listed') BEGIN INSERT OR REPLACE INTO standing_change (letter_id, signature_id) VALUES (new.letter_id, new.id); END;
CREATE TRIGGER signature_stands_update AFTER UPDATE OF state, level, name, posts, location, email_domain ON signature WHEN (new.state IN ('Confirmed', 'InReview', 'Admitted', 'Listed')) <> (old.state IN ('Confirmed', 'InReview', 'Admitted', 'Listed')) OR new.state IN ('Confirmed', 'InReview', 'Admitted', 'Listed') AND (new.level <> old.level OR new.name <> old.name OR new.posts <> old.posts OR new.location IS NOT old.location OR new.email_domain IS NOT old.email_domain) BEGIN INSERT OR REPLACE INTO standing_change (letter_id, signature_id) VALUES (new.letter_id, new.id); END;
