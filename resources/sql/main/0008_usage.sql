-- The ledger added up, so that a report need not read every event. Filled from usage_event bit by bit: usage_rolled
-- names the last event that is in the sums (by rowid, and by id, which tells when the table is another one).
CREATE TABLE usage_rolled (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    event INTEGER NOT NULL,
    id TEXT NOT NULL
) STRICT;

-- What sums are kept apart by.
CREATE TABLE usage_key (
    id INTEGER PRIMARY KEY,
    pattern TEXT NOT NULL,
    model TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    in_run INTEGER NOT NULL,
    UNIQUE (pattern, model, endpoint, in_run)
) STRICT;

-- Sums of a quarter of an hour (level 0), and once more of a day of the computer's calendar (level 1), from `start` on,
-- in milliseconds since 1970, UTC. answer_time is the sum of all times in total, in milliseconds. first_token and total are histograms of times: pairs of a step and how often.
CREATE TABLE usage_sum (
    level INTEGER NOT NULL,
    start INTEGER NOT NULL,
    key INTEGER NOT NULL REFERENCES usage_key (id),
    requests INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    unpriced INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    answer_time INTEGER NOT NULL,
    first_token BLOB NOT NULL,
    total BLOB NOT NULL,
    PRIMARY KEY (level, start, key)
) STRICT, WITHOUT ROWID;

-- The same of each run.
CREATE TABLE usage_run_sum (
    run TEXT NOT NULL,
    level INTEGER NOT NULL,
    start INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    unpriced INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    answer_time INTEGER NOT NULL,
    first_token BLOB NOT NULL,
    total BLOB NOT NULL,
    PRIMARY KEY (run, level, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX usage_run_sum_start ON usage_run_sum (level, start);
