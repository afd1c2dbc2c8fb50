-- What is known of runs afterwards. The newest label of a run holds; earlier ones are kept.
CREATE TABLE labels (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    run_seq INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    labelled_at INTEGER NOT NULL,
    key_id TEXT,
    answer_right INTEGER,
    right_cluster INTEGER,
    gold TEXT
) STRICT;

CREATE INDEX labels_by_run ON labels (run_seq, seq);
