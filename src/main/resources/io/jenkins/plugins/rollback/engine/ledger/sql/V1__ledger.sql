-- The ledger that several controllers share. Nothing here is secret but rollback_people, which holds names.

-- One row: where the order stands. Who has it locked has the turn. Most of its page is left free, so that the new
-- version of the row, which every append writes, lies beside the old one.
CREATE TABLE rollback_head (
    one       boolean PRIMARY KEY DEFAULT true CHECK (one),
    origin    text    NOT NULL,
    size      bigint  NOT NULL CHECK (size >= 0),
    root      text    NOT NULL,
    latest    bigint  NOT NULL,
    erasures  bigint  NOT NULL
) WITH (fillfactor = 10);

-- The canonical bytes of each entry: convert_from(entry, 'UTF8')::jsonb shows one.
CREATE TABLE rollback_entry (
    index     bigint  PRIMARY KEY CHECK (index >= 0),
    entry     bytea   NOT NULL
);

-- What commitments stand for. Rows are deleted to erase a person; entries are not.
CREATE TABLE rollback_people (
    number     bigint GENERATED ALWAYS AS IDENTITY,
    commitment text   PRIMARY KEY,
    kind       text   NOT NULL CHECK (kind IN ('actor', 'text')),
    clear      text   NOT NULL,
    salt       text   NOT NULL
);

-- A person has one commitment at a time, whichever controller meets the person first.
CREATE UNIQUE INDEX rollback_people_actor ON rollback_people (clear) WHERE kind = 'actor';

-- How much of what a controller kept aside has been merged, written in the same transaction as the entries.
CREATE TABLE rollback_spool (
    spool     text    PRIMARY KEY,
    merged    bigint  NOT NULL CHECK (merged >= 0)
);

-- Entries are history: a mistake in a client must not change it. The owner of the table can drop this, and the
-- controllers would still notice.
CREATE FUNCTION rollback_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of the ledger are neither changed nor deleted';
END $$;

CREATE TRIGGER rollback_entry_stays BEFORE UPDATE OR DELETE ON rollback_entry
    FOR EACH ROW EXECUTE FUNCTION rollback_refuse();

CREATE TRIGGER rollback_entry_all_stay BEFORE TRUNCATE ON rollback_entry
    FOR EACH STATEMENT EXECUTE FUNCTION rollback_refuse();
