-- Runs that moved out of this file into compressed files beside it: where each lies, and what look-ups, listings and rules need of it.
CREATE TABLE archive_segments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    archived_at INTEGER NOT NULL
) STRICT;

CREATE TABLE archived_runs (
    run_id BLOB NOT NULL PRIMARY KEY CHECK (length(run_id) = 16),
    segment_seq INTEGER NOT NULL REFERENCES archive_segments (seq),
    block_offset INTEGER NOT NULL,
    line INTEGER NOT NULL,
    record BLOB NOT NULL CHECK (length(record) = 32),
    key_id TEXT,
    created_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    calibration_version TEXT,
    tags TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX archived_runs_by_time ON archived_runs (created_at, run_id);
CREATE INDEX archived_runs_by_key ON archived_runs (key_id, created_at, run_id);
CREATE INDEX archived_runs_by_finish ON archived_runs (finished_at, run_id);
CREATE INDEX archived_runs_by_segment ON archived_runs (segment_seq, block_offset, line);
CREATE INDEX archived_runs_by_calibration ON archived_runs (calibration_version) WHERE calibration_version IS NOT NULL;

-- Pairs of filters that had to pass many rows of a large log: a key's runs of a rare outcome or status, and an outcome of a rare strategy.
CREATE INDEX runs_by_key_outcome ON runs (key_id, outcome, created_at, run_id, strategy, status) WHERE outcome IS NOT NULL;
CREATE INDEX runs_by_key_status ON runs (key_id, status, created_at, run_id, strategy);
DROP INDEX runs_by_outcome;
CREATE INDEX runs_by_outcome ON runs (outcome, created_at, run_id, strategy, status) WHERE outcome IS NOT NULL;
