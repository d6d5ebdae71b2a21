-- A collection of documents: one file. Times are milliseconds since 1970, UTC; offsets are Unicode code points.

-- A work that one process at a time may do, as in the main database.
CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    start INTEGER NOT NULL,
    beat INTEGER NOT NULL
) STRICT;

-- What there is one of: name, whether it is watched, rules, sums.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value ANY
) STRICT;

-- A folder or file that the user put in.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    added INTEGER NOT NULL
) STRICT;

-- What was read out of files, once for all files that hold the same bytes. It is whole when all its passages are there;
-- until then no document points at it.
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    language TEXT NOT NULL,
    format TEXT NOT NULL,
    date INTEGER,
    characters INTEGER NOT NULL,
    whole INTEGER NOT NULL
) STRICT;

CREATE INDEX content_language ON content (language);

-- A file, and how far it has come: pending, indexed, skipped (nothing that can be read) or failed. While a changed one
-- is read anew, its former content goes on serving.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    content INTEGER REFERENCES content (id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    urgency INTEGER NOT NULL
) STRICT;

CREATE INDEX document_content ON document (content);
CREATE INDEX document_state ON document (state, urgency);
CREATE INDEX document_source ON document (source);

-- A passage. `gap` is the white space between the passage before it and this one, so that both can be joined again;
-- `header` the first row of the table that it begins inside of. Ids are never used again.
CREATE TABLE chunk (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content INTEGER NOT NULL REFERENCES content (id),
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    page INTEGER,
    place TEXT NOT NULL,
    headings TEXT NOT NULL,
    gap TEXT NOT NULL,
    header TEXT NOT NULL,
    text TEXT NOT NULL,
    enabled INTEGER NOT NULL DEFAULT 1,
    UNIQUE (content, number)
) STRICT;

-- The terms of a passage with their counts, packed, and how many words they are in all.
CREATE TABLE chunk_terms (
    chunk INTEGER PRIMARY KEY,
    tokens INTEGER NOT NULL,
    counts BLOB NOT NULL
) STRICT;

-- In how many passages a term occurs.
CREATE TABLE term (
    id INTEGER PRIMARY KEY,
    chunks INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;

-- Terms are stemmed and folded before they come here, and parted by spaces.
CREATE VIRTUAL TABLE passage USING fts5 (
    heading, body, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '.,'"
);

-- A way to turn passages into vectors: learnt from the collection itself, or an endpoint's model. One serves; another
-- may be under way. `trained` is the number of passages that it was learnt from, `weight` its share in a hybrid search.
CREATE TABLE space (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    dimensions INTEGER NOT NULL,
    trained INTEGER NOT NULL,
    weight REAL,
    serving INTEGER NOT NULL
) STRICT;

-- Where a term points in a learnt space, little-endian float32.
CREATE TABLE direction (
    space INTEGER NOT NULL REFERENCES space (id),
    term INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (space, term)
) STRICT, WITHOUT ROWID;

-- The unit vector of a passage, little-endian float32.
CREATE TABLE vector (
    space INTEGER NOT NULL REFERENCES space (id),
    chunk INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (space, chunk)
) STRICT, WITHOUT ROWID;
