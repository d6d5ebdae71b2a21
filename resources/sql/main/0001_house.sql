-- A work that one process at a time may do: who does it, and its last sign of life (milliseconds since 1970, UTC).
CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    start INTEGER NOT NULL,
    beat INTEGER NOT NULL
) STRICT;

-- One row for each request to a model, answered or not. Times are milliseconds; cost is in billionths of a dollar,
-- null where the price is unknown.
CREATE TABLE usage_event (
    id TEXT PRIMARY KEY,
    time INTEGER NOT NULL,
    pattern TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    model TEXT NOT NULL,
    run TEXT,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL,
    estimated INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    cost INTEGER,
    queue_time INTEGER NOT NULL,
    first_token_time INTEGER,
    total_time INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    outcome TEXT NOT NULL
) STRICT;

CREATE INDEX usage_event_time ON usage_event (time);
