-- The row of prices that a cost was reckoned by (JSON), and what an answer from the cache saved.
ALTER TABLE usage_event ADD COLUMN cache_write_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_event ADD COLUMN price TEXT;
ALTER TABLE usage_event ADD COLUMN saved INTEGER;
ALTER TABLE usage_event ADD COLUMN saved_time INTEGER NOT NULL DEFAULT 0;
CREATE INDEX usage_event_run ON usage_event (run) WHERE run IS NOT NULL;

-- What keeps the cache in its bounds: bytes of each answer, and how often it was given again.
ALTER TABLE response_cache ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE response_cache ADD COLUMN hits INTEGER NOT NULL DEFAULT 0;
UPDATE response_cache SET size = length(answer);
DROP INDEX response_cache_time;
CREATE INDEX response_cache_time ON response_cache (time, size);

-- Money and tokens set aside for requests under way, so that several at once do not pass a budget together. A row of a
-- process that is gone counts no more.
CREATE TABLE budget_hold (
    id TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    start INTEGER NOT NULL,
    time INTEGER NOT NULL,
    run TEXT,
    cost INTEGER NOT NULL,
    tokens INTEGER NOT NULL
) STRICT;

-- What a server said about its rates for an account (a hash of server and key): how much is left until when, and until
-- when nothing is to be sent. Times are milliseconds since 1970, UTC; null where nothing was said.
CREATE TABLE rate_account (
    account TEXT PRIMARY KEY,
    requests_left INTEGER,
    requests_reset INTEGER,
    tokens_left INTEGER,
    tokens_reset INTEGER,
    paused_until INTEGER
) STRICT;

-- Requests of the last minute, for accounts whose owner set a limit.
CREATE TABLE rate_use (
    account TEXT NOT NULL,
    time INTEGER NOT NULL,
    tokens INTEGER NOT NULL
) STRICT;
CREATE INDEX rate_use_time ON rate_use (account, time);

-- What was learnt about a model from its server's answers: how our estimate of tokens must be multiplied, from how many
-- answers, and how many tokens it reads.
CREATE TABLE model_fact (
    server TEXT NOT NULL,
    model TEXT NOT NULL,
    token_factor REAL NOT NULL DEFAULT 1,
    answers INTEGER NOT NULL DEFAULT 0,
    context INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (server, model)
) STRICT, WITHOUT ROWID;
