-- Vectors of passages, where an embedding model is named. Texts compare by their bytes.

-- By whose vectors all passages of a document can be compared; empty until all have some.
ALTER TABLE evidence.documents ADD COLUMN embedded_by text COLLATE "C" NOT NULL DEFAULT '';

CREATE INDEX documents_by_embedding ON evidence.documents (embedded_by, id);

-- Vectors of some passages of a document that follow each other, as bytes. A row never changes.
CREATE TABLE evidence.vectors (
    id uuid PRIMARY KEY,
    document uuid NOT NULL REFERENCES evidence.documents ON DELETE CASCADE,
    collection uuid NOT NULL,
    -- The model, and how long a vector was asked to be, where that was.
    space text COLLATE "C" NOT NULL,
    first_passage integer NOT NULL,
    passages integer NOT NULL,
    dimensions integer NOT NULL,
    numbers bytea NOT NULL,
    body jsonb NOT NULL,
    UNIQUE (document, space, first_passage)
);

-- Nothing is gained by compressing them.
ALTER TABLE evidence.vectors ALTER COLUMN numbers SET STORAGE EXTERNAL;

CREATE INDEX vectors_by_collection ON evidence.vectors (collection, space) INCLUDE (id, document, passages, dimensions);
CREATE INDEX vectors_by_space ON evidence.vectors (space) INCLUDE (passages);

-- Which process embeds, and until when it need not say so again.
CREATE TABLE evidence.embedder (
    id integer PRIMARY KEY,
    holder text COLLATE "C" NOT NULL,
    until timestamptz NOT NULL
);
