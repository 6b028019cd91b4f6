-- Accounts of staff (ASP.NET Core Identity), letters, signatures, the log of each letter, mail.
-- Times are microseconds since 1970 UTC. The same step exists for the other engine.

CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    display_name TEXT NOT NULL,
    is_operator INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    user_name TEXT,
    normalized_user_name TEXT,
    email TEXT,
    normalized_email TEXT,
    email_confirmed INTEGER NOT NULL,
    password_hash TEXT,
    security_stamp TEXT,
    concurrency_stamp TEXT,
    phone_number TEXT,
    phone_number_confirmed INTEGER NOT NULL,
    two_factor_enabled INTEGER NOT NULL,
    lockout_end INTEGER,
    lockout_enabled INTEGER NOT NULL,
    access_failed_count INTEGER NOT NULL
);

CREATE TABLE account_claim (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES account (id),
    claim_type TEXT,
    claim_value TEXT
);

CREATE TABLE account_login (
    login_provider TEXT NOT NULL,
    provider_key TEXT NOT NULL,
    provider_display_name TEXT,
    user_id INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (login_provider, provider_key)
);

CREATE TABLE account_token (
    user_id INTEGER NOT NULL REFERENCES account (id),
    login_provider TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (user_id, login_provider, name)
);

CREATE TABLE account_passkey (
    credential_id BLOB NOT NULL,
    user_id INTEGER NOT NULL REFERENCES account (id),
    data TEXT NOT NULL,
    PRIMARY KEY (credential_id)
);

CREATE TABLE letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    addressees TEXT NOT NULL,
    demands TEXT NOT NULL,
    language TEXT NOT NULL,
    organiser TEXT NOT NULL,
    imprint TEXT NOT NULL,
    press_contact TEXT NOT NULL,
    eligibility TEXT NOT NULL,
    asks TEXT NOT NULL,
    current_revision INTEGER NOT NULL,
    glance_required INTEGER NOT NULL,
    promise_hours INTEGER NOT NULL,
    private_link_round INTEGER NOT NULL,
    private_link_on INTEGER NOT NULL,
    private_link_cap INTEGER NOT NULL,
    publish_at INTEGER,
    published_at INTEGER,
    close_at INTEGER,
    closed_at INTEGER,
    hold_signing INTEGER NOT NULL,
    hold_publishing INTEGER NOT NULL,
    hold_mail INTEGER NOT NULL
);

CREATE TABLE revision (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    number INTEGER NOT NULL,
    text BLOB NOT NULL,
    text_hash BLOB NOT NULL,
    rules BLOB NOT NULL,
    rules_hash BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (letter_id, number)
);

CREATE TABLE signature (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    level TEXT NOT NULL,
    known_how TEXT,
    name TEXT NOT NULL,
    posts TEXT NOT NULL,
    location TEXT,
    folded_name TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    email TEXT,
    email_domain TEXT,
    address_tag BLOB,
    form_nonce TEXT,
    code_round INTEGER NOT NULL,
    code_tries INTEGER NOT NULL,
    code_expires_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    confirmed_how TEXT,
    glance_batch_id INTEGER,
    review_reasons TEXT NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    decision_reason TEXT,
    number INTEGER,
    listed_at INTEGER
);

CREATE TABLE blocked_address (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    address_tag BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (letter_id, address_tag)
);

CREATE TABLE correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    signature_id INTEGER NOT NULL REFERENCES signature (id),
    name TEXT NOT NULL,
    posts TEXT NOT NULL,
    location TEXT,
    proposed_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER
);

CREATE TABLE glance_batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    taken_at INTEGER NOT NULL,
    lent_until INTEGER NOT NULL,
    decided_at INTEGER,
    undone_at INTEGER
);

CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    kind TEXT NOT NULL,
    signature_id INTEGER REFERENCES signature (id),
    reason TEXT,
    at INTEGER NOT NULL
);

CREATE TABLE letter_log (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    origin TEXT NOT NULL,
    tree_size INTEGER NOT NULL,
    root BLOB NOT NULL,
    last_entry_at INTEGER NOT NULL,
    published_size INTEGER NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (letter_id)
);

CREATE TABLE log_entry (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    leaf_index INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (letter_id, leaf_index)
);

CREATE TABLE log_tile (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    level INTEGER NOT NULL,
    tile_index INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (letter_id, level, tile_index)
);

CREATE TABLE log_checkpoint (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    entry_at INTEGER NOT NULL,
    note TEXT NOT NULL,
    revision INTEGER NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (letter_id, size)
);

CREATE TABLE line (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    leaf_index INTEGER NOT NULL,
    record_index INTEGER NOT NULL,
    end_index INTEGER,
    superseded INTEGER NOT NULL,
    signature_id INTEGER NOT NULL REFERENCES signature (id),
    number INTEGER NOT NULL,
    level TEXT NOT NULL,
    salt BLOB NOT NULL,
    record TEXT NOT NULL,
    since INTEGER NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    PRIMARY KEY (letter_id, leaf_index)
);

CREATE TABLE outbox_mail (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    signature_id INTEGER NOT NULL REFERENCES signature (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    mailbox_tag BLOB NOT NULL,
    domain TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    sent_at INTEGER,
    verdict TEXT
);

CREATE TABLE letter_staff (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (letter_id, account_id)
);

CREATE TABLE invitation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    role TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    invited_by INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    accepted_by INTEGER,
    accepted_at INTEGER
);

CREATE TABLE setup_link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER REFERENCES account (id),
    token_hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
);

CREATE TABLE staff_act (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER,
    account_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    signature_id INTEGER,
    from_state TEXT,
    to_state TEXT,
    detail TEXT
);

CREATE UNIQUE INDEX ux_letter_slug ON letter (slug);
CREATE INDEX ix_signature_state ON signature (letter_id, state, id);
CREATE UNIQUE INDEX ux_signature_number ON signature (letter_id, number);
CREATE INDEX ix_signature_folded_name ON signature (letter_id, folded_name);
CREATE UNIQUE INDEX ux_signature_form_nonce ON signature (letter_id, form_nonce);
-- One address signs once: among signatures whose address is confirmed and that were not left, removed or declined.
CREATE UNIQUE INDEX ux_signature_address ON signature (letter_id, address_tag) WHERE state IN ('Confirmed', 'InReview', 'Admitted', 'Listed');
CREATE INDEX ix_signature_address ON signature (letter_id, address_tag);
CREATE INDEX ix_signature_glance_batch ON signature (glance_batch_id) WHERE glance_batch_id IS NOT NULL;
CREATE INDEX ix_change_letter ON change (letter_id, id);
CREATE INDEX ix_change_signature ON change (signature_id);
CREATE INDEX ix_correction_state ON correction (letter_id, state, id);
CREATE INDEX ix_glance_batch_letter ON glance_batch (letter_id, account_id);
CREATE INDEX ix_line_sort ON line (letter_id, sort_name, number);
CREATE INDEX ix_line_number ON line (letter_id, number);
CREATE INDEX ix_line_record ON line (letter_id, record_index);
CREATE INDEX ix_line_signature ON line (signature_id);
CREATE INDEX ix_outbox_mail_due ON outbox_mail (state, due_at);
CREATE INDEX ix_outbox_mail_mailbox ON outbox_mail (mailbox_tag, created_at);
CREATE INDEX ix_outbox_mail_letter ON outbox_mail (letter_id, state);
CREATE INDEX ix_outbox_mail_signature ON outbox_mail (signature_id);
CREATE INDEX ix_staff_act_letter ON staff_act (letter_id, id);
CREATE UNIQUE INDEX ux_invitation_token ON invitation (token_hash);
CREATE UNIQUE INDEX ux_account_user_name ON account (normalized_user_name);
CREATE INDEX ix_account_email ON account (normalized_email);
CREATE INDEX ix_account_claim_user ON account_claim (user_id);
CREATE INDEX ix_account_login_user ON account_login (user_id);
CREATE INDEX ix_account_passkey_user ON account_passkey (user_id);

-- Search by name: three-letter pieces of the folded name, a space at each edge of its words. The rowid tells letter and entry
-- (a tree has fewer than 2^24 entries), so that it survives VACUUM.
CREATE VIRTUAL TABLE line_search USING fts5 (folded, content = '', contentless_delete = 1, tokenize = 'trigram');
CREATE TRIGGER line_search_insert AFTER INSERT ON line BEGIN
    INSERT INTO line_search (rowid, folded) VALUES (new.letter_id * 16777216 + new.leaf_index, ' ' || new.folded_name || ' ');
END;
CREATE TRIGGER line_search_delete AFTER DELETE ON line BEGIN
    DELETE FROM line_search WHERE rowid = old.letter_id * 16777216 + old.leaf_index;
END;
CREATE TRIGGER line_search_update AFTER UPDATE OF folded_name ON line BEGIN
    DELETE FROM line_search WHERE rowid = old.letter_id * 16777216 + old.leaf_index;
    INSERT INTO line_search (rowid, folded) VALUES (new.letter_id * 16777216 + new.leaf_index, ' ' || new.folded_name || ' ');
END;
