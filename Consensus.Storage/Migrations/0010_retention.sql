-- How long things were to be kept, each time that it changed: append-only, the newest row is in force. Commands that work on the file alone go by it.
CREATE TABLE retention_policies (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT NOT NULL,
    in_force_at INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;

-- What was purged, a row for each batch, written in the transaction that erased it: append-only, and never purged itself.
CREATE TABLE retention_audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    purge_id BLOB NOT NULL CHECK (length(purge_id) = 16),
    purged_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    key_id TEXT,
    dry_run INTEGER NOT NULL,
    policy_version TEXT NOT NULL,
    purged_table TEXT NOT NULL,
    reason TEXT NOT NULL,
    cut_off INTEGER,
    max_rows INTEGER,
    purged_rows INTEGER NOT NULL,
    owned_rows INTEGER NOT NULL,
    kept_rows INTEGER NOT NULL
) STRICT;

-- The last of each three stands against INSERT OR REPLACE, which erases without a DELETE.
CREATE TRIGGER retention_policies_no_update BEFORE UPDATE ON retention_policies BEGIN SELECT RAISE(ABORT, 'retention_policies is append-only'); END;
CREATE TRIGGER retention_policies_no_delete BEFORE DELETE ON retention_policies BEGIN SELECT RAISE(ABORT, 'retention_policies is append-only'); END;
CREATE TRIGGER retention_policies_no_replace BEFORE INSERT ON retention_policies WHEN EXISTS (SELECT 1 FROM retention_policies WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'retention_policies is append-only'); END;
CREATE TRIGGER retention_audit_no_update BEFORE UPDATE ON retention_audit BEGIN SELECT RAISE(ABORT, 'retention_audit is append-only'); END;
CREATE TRIGGER retention_audit_no_delete BEFORE DELETE ON retention_audit BEGIN SELECT RAISE(ABORT, 'retention_audit is append-only'); END;
CREATE TRIGGER retention_audit_no_replace BEFORE INSERT ON retention_audit WHEN EXISTS (SELECT 1 FROM retention_audit WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'retention_audit is append-only'); END;

-- What is oldest, and which fitted documents are still named.
CREATE INDEX runs_by_finish ON runs (finished_at, seq) WHERE finished_at IS NOT NULL;
CREATE INDEX runs_by_calibration ON runs (calibration_version) WHERE calibration_version IS NOT NULL;
CREATE INDEX judge_jobs_by_finish ON judge_jobs (finished_at, seq) WHERE finished_at IS NOT NULL;
