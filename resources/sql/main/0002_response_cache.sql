-- Answers that may be given again: `key` is a hash of everything that shapes an answer, `answer` is JSON. Time is
-- milliseconds since 1970, UTC.
CREATE TABLE response_cache (
    key BLOB PRIMARY KEY,
    time INTEGER NOT NULL,
    answer BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX response_cache_time ON response_cache (time);
