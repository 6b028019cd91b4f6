-- One mail to those who stand on the letter that this one follows. Times are microseconds since 1970 UTC.
CREATE TABLE follow_up_mailing (
    letter_id INTEGER PRIMARY KEY NOT NULL REFERENCES letter (id),
    earlier_letter_id INTEGER NOT NULL REFERENCES letter (id),
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    last_signature_id INTEGER NOT NULL,
    queued INTEGER NOT NULL,
    paused_at INTEGER,
    all_queued_at INTEGER
);

CREATE INDEX ix_follow_up_mailing_earlier_letter ON follow_up_mailing (earlier_letter_id);

-- Who answered "no, thank you"; gone with the letter's time of keeping.
CREATE TABLE follow_up_decline (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    signature_id INTEGER NOT NULL REFERENCES signature (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (letter_id, signature_id)
);

-- Who ended the mails that were not asked for one by one.
CREATE TABLE mail_refusal (
    signature_id INTEGER PRIMARY KEY NOT NULL REFERENCES signature (id),
    at INTEGER NOT NULL
);
