-- Runs of agents. What happened is in agent_event, in order, as JSON; the columns here say again of it what lists show.
-- Times are milliseconds since 1970, UTC; `cost` is billionths of a dollar, and nothing where it is not known; `plan` is
-- the name of the saved task that was replayed, or empty.
CREATE TABLE agent_run (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    steps INTEGER NOT NULL DEFAULT 0,
    cost INTEGER,
    plan TEXT NOT NULL DEFAULT '',
    model TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0 -- when, or 0
) STRICT, WITHOUT ROWID;
CREATE INDEX agent_run_shown ON agent_run (removed, created DESC);

CREATE TABLE agent_event (
    run TEXT NOT NULL REFERENCES agent_run (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

-- What always holds, in one place of work (a folder, a database) or, where that is empty, in all.
CREATE TABLE agent_rule (
    tool TEXT NOT NULL,
    pattern TEXT NOT NULL,
    place TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (tool, pattern, place)
) STRICT, WITHOUT ROWID;

-- Tasks that can be replayed without a model; `plan` is JSON.
CREATE TABLE agent_task (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created INTEGER NOT NULL,
    plan TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
