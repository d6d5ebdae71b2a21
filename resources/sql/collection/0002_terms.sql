-- What new passages add to the sums of `term`, a row for each time that some were written: packed as the counts of a
-- passage are. They are added up now and then, since most terms of a passage are those of the passages before it.
CREATE TABLE term_news (
    id INTEGER PRIMARY KEY,
    passages INTEGER NOT NULL,
    counts BLOB NOT NULL
) STRICT;

ALTER TABLE term DROP COLUMN text;

-- The next files to be read are found without going over all that wait.
DROP INDEX document_state;
CREATE INDEX document_state ON document (state, urgency DESC, id);
