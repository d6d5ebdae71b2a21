-- When the file of an item was changed last, as it was listed (milliseconds since 1970, UTC), and whether it was another
-- one by the time it was read.
ALTER TABLE batch_item ADD COLUMN modified INTEGER;
ALTER TABLE batch_item ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
