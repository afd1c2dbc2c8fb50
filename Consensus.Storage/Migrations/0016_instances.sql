-- The processes that share the log, and when each last said that it lives. In a log that one process has alone the table stays empty.
CREATE TABLE instances (
    instance TEXT NOT NULL PRIMARY KEY,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
