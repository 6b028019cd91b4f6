-- Of two corrections of one post at once, one is refused.
ALTER TABLE letter_post ADD COLUMN replaces_id INTEGER REFERENCES letter_post (id);
CREATE UNIQUE INDEX ux_letter_post_replaces ON letter_post (replaces_id);

ALTER TABLE outbox_mail ADD COLUMN post_id INTEGER REFERENCES letter_post (id);
CREATE INDEX ix_outbox_mail_post ON outbox_mail (post_id, state) WHERE post_id IS NOT NULL;

-- An update that is mailed to those who asked to be kept informed.
CREATE TABLE mailing (
    post_id INTEGER PRIMARY KEY NOT NULL REFERENCES letter_post (id),
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    at INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    last_signature_id INTEGER NOT NULL,
    queued INTEGER NOT NULL,
    paused_at INTEGER,
    all_queued_at INTEGER
);
