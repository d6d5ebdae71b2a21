-- Summaries that were made in the window. Time is milliseconds since 1970, UTC; `facts` is what stood below it.
CREATE TABLE summary (
    id TEXT PRIMARY KEY,
    time INTEGER NOT NULL,
    name TEXT NOT NULL,
    origin TEXT NOT NULL,
    model TEXT NOT NULL,
    text TEXT NOT NULL,
    facts TEXT NOT NULL
) STRICT;
CREATE INDEX summary_time ON summary (time);
