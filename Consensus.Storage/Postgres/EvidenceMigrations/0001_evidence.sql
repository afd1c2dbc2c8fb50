-- Collections, their documents and evidence records. The schema itself is made before this runs. What each says is JSON (body), by the JSON Schemas of
-- docs/schemas; the columns beside it are what it is found by. Texts of keys compare by their bytes.

CREATE TABLE evidence.collections (
    id uuid PRIMARY KEY,
    -- Short, and never used again: the words of its passages begin with it.
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    owner text COLLATE "C",
    shared boolean NOT NULL,
    -- The words of all passages, each as often as it stands there.
    words bigint NOT NULL DEFAULT 0,
    body jsonb NOT NULL
);

CREATE INDEX collections_by_owner ON evidence.collections (owner, id);

-- Collections that were deleted and whose documents are not all gone yet.
CREATE TABLE evidence.removals (
    collection uuid PRIMARY KEY,
    number bigint NOT NULL
);

CREATE TABLE evidence.documents (
    id uuid PRIMARY KEY,
    collection uuid NOT NULL,
    content_hash text COLLATE "C" NOT NULL,
    words bigint NOT NULL,
    body jsonb NOT NULL,
    UNIQUE (collection, content_hash)
);

CREATE INDEX documents_by_collection ON evidence.documents (collection, id);

-- A document's text with the places of its passages.
CREATE TABLE evidence.texts (
    document uuid PRIMARY KEY REFERENCES evidence.documents ON DELETE CASCADE,
    body jsonb NOT NULL
);

-- What passages are found by. A word is NUMBER/WORD, NUMBER being its collection's: so the index keeps the collections apart.
CREATE TABLE evidence.passages (
    document uuid NOT NULL REFERENCES evidence.documents ON DELETE CASCADE,
    first_character integer NOT NULL,
    -- How many words it has; of what stands at one place, as a pair of characters and its first, one counts.
    length integer NOT NULL,
    words tsvector NOT NULL,
    PRIMARY KEY (document, first_character)
);

CREATE INDEX passages_by_word ON evidence.passages USING gin (words);

-- How many passages have a word: what it weighs is known without counting them. Room is left in the pages, for most rows change with most documents.
CREATE TABLE evidence.words (
    word text COLLATE "C" PRIMARY KEY,
    passages bigint NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE evidence.records (
    id uuid PRIMARY KEY,
    -- When it was made, in ticks of 100 ns since the year 1.
    made_at bigint NOT NULL,
    owner text COLLATE "C",
    run uuid,
    collection uuid,
    body jsonb NOT NULL
);

CREATE INDEX records_by_time ON evidence.records (made_at, id);
CREATE INDEX records_by_owner ON evidence.records (owner, made_at, id);
CREATE INDEX records_by_run ON evidence.records (run) WHERE run IS NOT NULL;
CREATE INDEX records_by_collection ON evidence.records (collection, made_at, id) WHERE collection IS NOT NULL;

-- Written to by every look whether the store can be written to.
CREATE TABLE evidence.probe (
    id integer PRIMARY KEY,
    at bigint NOT NULL
);
