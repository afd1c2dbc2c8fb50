-- Published results of benchmarks: append-only, each content once. The questions stand apart, so that a listing need not read them.
CREATE TABLE benchmarks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    benchmark_id BLOB NOT NULL UNIQUE,
    sha256 TEXT NOT NULL UNIQUE,
    published_at INTEGER NOT NULL,
    key_id TEXT,
    suite TEXT NOT NULL,
    strategy TEXT NOT NULL,
    figures TEXT NOT NULL,
    questions TEXT NOT NULL
) STRICT;

CREATE INDEX benchmarks_by_suite ON benchmarks (suite, seq);
