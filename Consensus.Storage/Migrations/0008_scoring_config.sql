-- How runs are judged, as one document: append-only, the newest row is in force.
CREATE TABLE scoring_configs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT NOT NULL,
    put_at INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('default', 'file', 'api')),
    key_id TEXT,
    document TEXT NOT NULL
) STRICT;

CREATE INDEX scoring_configs_by_version ON scoring_configs (version);
CREATE INDEX scoring_configs_by_source ON scoring_configs (source, seq);

-- What each rubric was when it first came: a rubric is never changed under its version.
CREATE TABLE scoring_rubrics (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
