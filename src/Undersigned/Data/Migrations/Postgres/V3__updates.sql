-- Of two corrections of one post at once, one is refused.
ALTER TABLE letter_post ADD COLUMN replaces_id bigint REFERENCES letter_post (id);
CREATE UNIQUE INDEX ux_letter_post_replaces ON letter_post (replaces_id);

ALTER TABLE outbox_mail ADD COLUMN post_id bigint REFERENCES letter_post (id);
CREATE INDEX ix_outbox_mail_post ON outbox_mail (post_id, state) WHERE post_id IS NOT NULL;

-- An update that is mailed to those who asked to be kept informed.
CREATE TABLE mailing (
    post_id bigint PRIMARY KEY REFERENCES letter_post (id),
    letter_id bigint NOT NULL REFERENCES letter (id),
    at bigint NOT NULL,
    account_id bigint NOT NULL REFERENCES account (id),
    last_signature_id bigint NOT NULL,
    queued integer NOT NULL,
    paused_at bigint,
    all_queued_at bigint
);
