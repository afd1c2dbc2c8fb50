-- What labels from use taught, each time that it was fitted: append-only, adopted or not.
CREATE TABLE calibration_proposals (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    proposal_id BLOB NOT NULL UNIQUE CHECK (length(proposal_id) = 16),
    proposed_at INTEGER NOT NULL,
    version TEXT NOT NULL,
    adopted INTEGER NOT NULL,
    label_seq INTEGER NOT NULL,
    data_sha256 TEXT NOT NULL,
    report TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT;
