-- A run: one prompt or task over many items. `spec` is JSON and says all that is needed to make the results again;
-- times are milliseconds since 1970, UTC; costs are billionths of a dollar. The counts are kept by the triggers below,
-- so that they always agree with the items.
CREATE TABLE batch_run (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    ended INTEGER,
    state TEXT NOT NULL,
    reason_kind TEXT,
    reason TEXT,
    spec TEXT NOT NULL,
    busy_time INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    queued INTEGER NOT NULL DEFAULT 0,
    running INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    cached INTEGER NOT NULL DEFAULT 0,
    prompt_tokens INTEGER NOT NULL DEFAULT 0,
    completion_tokens INTEGER NOT NULL DEFAULT 0,
    cost INTEGER NOT NULL DEFAULT 0,
    unpriced INTEGER NOT NULL DEFAULT 0,
    saved INTEGER NOT NULL DEFAULT 0
) STRICT;

-- `id` is the run's number times 2^32, plus the position in the run. State: 0 waiting, 1 being worked on, 2 done,
-- 3 failed, 4 answered but not yet written to its file. `part`: of a provider's batch that it was handed over in. `repeated`: it was under way when Quintet ended, so it may have
-- been paid for twice.
CREATE TABLE batch_item (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    path TEXT,
    size INTEGER NOT NULL DEFAULT 0,
    state INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    repeated INTEGER NOT NULL DEFAULT 0,
    error_kind TEXT,
    error TEXT,
    valid INTEGER,
    cached INTEGER NOT NULL DEFAULT 0,
    prompt_tokens INTEGER NOT NULL DEFAULT 0,
    completion_tokens INTEGER NOT NULL DEFAULT 0,
    cost INTEGER,
    saved INTEGER,
    time INTEGER,
    finished INTEGER,
    output TEXT,
    part INTEGER
) STRICT;
CREATE INDEX batch_item_state ON batch_item (state, id);

-- What an item is made of where it is no file: a row as JSON, or a text.
CREATE TABLE batch_input (
    id INTEGER PRIMARY KEY,
    content TEXT NOT NULL
) STRICT;

CREATE TABLE batch_result (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    model TEXT NOT NULL
) STRICT;

-- Files that Quintet wrote or is about to: these it may write again. `item` is whose result it is (position 2^32 - 1:
-- the whole run's), `digest` a hash of what is written.
CREATE TABLE batch_file (
    path TEXT PRIMARY KEY,
    item INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- A part of a run that was handed to a provider's batch interface. State: written (its file), uploaded, creating (the
-- request that begins it is about to be sent, or was), submitted, collected (its answers are recorded). `expires` is
-- milliseconds since 1970, UTC.
CREATE TABLE batch_part (
    run INTEGER NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    items INTEGER NOT NULL,
    file_id TEXT,
    batch_id TEXT,
    expires INTEGER,
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER batch_item_changed AFTER UPDATE OF state ON batch_item
BEGIN
    UPDATE batch_run SET
        queued = queued + (new.state = 0) - (old.state = 0),
        running = running + (new.state = 1) - (old.state = 1),
        done = done + (new.state IN (2, 4)) - (old.state IN (2, 4)),
        failed = failed + (new.state = 3) - (old.state = 3),
        cached = cached + new.cached - old.cached,
        prompt_tokens = prompt_tokens + new.prompt_tokens - old.prompt_tokens,
        completion_tokens = completion_tokens + new.completion_tokens - old.completion_tokens,
        cost = cost + coalesce(new.cost, 0) - coalesce(old.cost, 0),
        unpriced = unpriced + (new.state IN (2, 4) AND new.cost IS NULL) - (old.state IN (2, 4) AND old.cost IS NULL),
        saved = saved + coalesce(new.saved, 0) - coalesce(old.saved, 0)
    WHERE number = new.id >> 32;
END;
