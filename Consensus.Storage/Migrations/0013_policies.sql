-- What may be asked and which answers are given out, as one document: append-only, the newest row is in force.
CREATE TABLE policies (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT NOT NULL,
    put_at INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('default', 'file', 'api')),
    key_id TEXT,
    document TEXT NOT NULL
) STRICT;

CREATE INDEX policies_by_version ON policies (version);
CREATE INDEX policies_by_source ON policies (source, seq);
