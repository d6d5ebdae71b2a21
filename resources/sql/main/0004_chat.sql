-- Conversations are trees of messages: `parent` is the id of the message before, or empty; `head` is the end of the
-- branch that is shown. Times are milliseconds since 1970, UTC. `number` orders by when a row was made.
CREATE TABLE conversation (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    title_by_user INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    head TEXT NOT NULL DEFAULT '',
    settings TEXT NOT NULL DEFAULT '{}',
    draft TEXT NOT NULL DEFAULT '',
    folder TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '',     -- ",one,two,"
    pinned INTEGER NOT NULL DEFAULT 0,
    archived INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0, -- when, or 0
    messages INTEGER NOT NULL DEFAULT 0,
    model TEXT NOT NULL DEFAULT ''      -- of the last answer
) STRICT;
CREATE INDEX conversation_shown ON conversation (removed, archived, pinned DESC, changed DESC);

-- `details` is JSON: all of a message that is not searched or sorted by. `worker` is the process that is writing an
-- answer.
CREATE TABLE message (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    parent TEXT NOT NULL,
    role TEXT NOT NULL,
    time INTEGER NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    model TEXT NOT NULL DEFAULT '',
    worker TEXT NOT NULL DEFAULT '',
    details TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX message_conversation ON message (conversation, number);

-- The words of messages and titles, by their numbers.
CREATE VIRTUAL TABLE message_words USING fts5(words, content='', contentless_delete=1,
                                              tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE title_words USING fts5(words, content='', contentless_delete=1,
                                            tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN
    DELETE FROM message_words WHERE rowid = old.number;
END;
CREATE TRIGGER conversation_gone AFTER DELETE ON conversation BEGIN
    DELETE FROM title_words WHERE rowid = old.number;
END;

-- What was read out of attached files, once for each content; a picture has no text, a text no picture. `added` is
-- milliseconds since 1970: what is in no message yet, but in a draft, is kept by its age.
CREATE TABLE attachment (
    hash TEXT PRIMARY KEY,
    added INTEGER NOT NULL,
    text TEXT NOT NULL,
    facts BLOB NOT NULL,
    image BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE attachment_use (
    hash TEXT NOT NULL,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    PRIMARY KEY (hash, conversation)
) STRICT, WITHOUT ROWID;

CREATE TABLE prompt (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE preset (
    name TEXT PRIMARY KEY,
    settings TEXT NOT NULL
) STRICT, WITHOUT ROWID;
