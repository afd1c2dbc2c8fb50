-- What the runs of each key cost on each UTC day, added to in the transaction that stores a run's end; erasing a run does not take its cost back.
CREATE TABLE key_costs (
    key_id TEXT NOT NULL,
    day TEXT NOT NULL,
    cost_usd TEXT NOT NULL,
    runs INTEGER NOT NULL,
    unpriced_runs INTEGER NOT NULL,
    PRIMARY KEY (key_id, day)
) STRICT, WITHOUT ROWID;

ALTER TABLE api_keys ADD COLUMN calls_per_run INTEGER;
