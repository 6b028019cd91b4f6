-- One mail to those who stand on the letter that this one follows. Times are microseconds since 1970 UTC.
CREATE TABLE follow_up_mailing (
    letter_id bigint PRIMARY KEY REFERENCES letter (id),
    earlier_letter_id bigint NOT NULL REFERENCES letter (id),
    words text NOT NULL,
    at bigint NOT NULL,
    account_id bigint NOT NULL REFERENCES account (id),
    last_signature_id bigint NOT NULL,
    queued integer NOT NULL,
    paused_at bigint,
    all_queued_at bigint
);

CREATE INDEX ix_follow_up_mailing_earlier_letter ON follow_up_mailing (earlier_letter_id);

-- Who answered "no, thank you"; gone with the letter's time of keeping.
CREATE TABLE follow_up_decline (
    letter_id bigint NOT NULL REFERENCES letter (id),
    signature_id bigint NOT NULL REFERENCES signature (id),
    at bigint NOT NULL,
    PRIMARY KEY (letter_id, signature_id)
);

-- Who ended the mails that were not asked for one by one.
CREATE TABLE mail_refusal (
    signature_id bigint PRIMARY KEY REFERENCES signature (id),
    at bigint NOT NULL
);
