-- What labelled questions taught, as one document: append-only, the newest row is in force.
CREATE TABLE fitted_documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT NOT NULL,
    fitted_at INTEGER NOT NULL,
    put_at INTEGER NOT NULL,
    key_id TEXT,
    document TEXT NOT NULL
) STRICT;
