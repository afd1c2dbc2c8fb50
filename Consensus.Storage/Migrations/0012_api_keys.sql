-- Keys of callers. A name belongs to one key for ever, also after it was revoked: runs belong to a key by its name.
CREATE TABLE api_keys (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    hint TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT,
    expires_at INTEGER,
    rotated_at INTEGER,
    previous_hash BLOB CHECK (length(previous_hash) = 32),
    previous_until INTEGER,
    revoked_at INTEGER,
    revoked_by TEXT,
    last_used_at INTEGER,
    requests_per_minute INTEGER,
    concurrent_runs INTEGER,
    daily_cost_usd TEXT
) STRICT;
