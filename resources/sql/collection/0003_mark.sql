-- A number by chance, which a graph over the space's vectors carries, too: ids of spaces come again in another
-- collection, and in one that was restored from a copy.
ALTER TABLE space ADD COLUMN mark INTEGER NOT NULL DEFAULT 0;

UPDATE space SET mark = abs(random() / 2);
