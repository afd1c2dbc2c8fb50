-- What a caller's Idempotency-Key stands for. Neither the key nor the request is kept: only hashes that cannot be turned back.
CREATE TABLE idempotency_keys (
    claim BLOB NOT NULL PRIMARY KEY CHECK (length(claim) = 32),
    run_id BLOB NOT NULL CHECK (length(run_id) = 16),
    body_mac BLOB CHECK (length(body_mac) = 32),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
CREATE INDEX idempotency_keys_by_run ON idempotency_keys (run_id);

-- The key of an erased run still must not begin another one, but nothing is left to tell what was asked.
CREATE TRIGGER idempotency_keys_of_erased_runs AFTER DELETE ON runs
BEGIN
    UPDATE idempotency_keys SET body_mac = NULL WHERE run_id = OLD.run_id;
END;
