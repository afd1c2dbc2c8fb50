-- Columns that listings read come first and large texts last: SQLite then lists without following overflow pages.
CREATE TABLE runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id BLOB NOT NULL UNIQUE CHECK (length(run_id) = 16),
    request_id TEXT,
    key_id TEXT,
    instance TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    strategy TEXT NOT NULL,
    outcome TEXT,
    degraded INTEGER NOT NULL,
    agreement REAL,
    agreement_is_lower_bound INTEGER NOT NULL,
    margin REAL,
    entropy REAL,
    confidence_raw REAL,
    confidence_calibrated REAL,
    calibration_version TEXT,
    confidence_method TEXT,
    stability_level TEXT,
    stability_score REAL,
    stability_flip_probability REAL,
    stability_low REAL,
    stability_high REAL,
    family_stability_score REAL,
    calls_started INTEGER,
    calls_panel INTEGER,
    stopped_early INTEGER,
    has_usage INTEGER NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cost_usd TEXT,
    total_ms REAL,
    slowest_call_ms REAL,
    overhead_ms REAL,
    candidate_count INTEGER,
    answer_kind TEXT,
    models TEXT NOT NULL,
    tags TEXT NOT NULL,
    prompt_excerpt TEXT,
    answer_excerpt TEXT,
    panel TEXT,
    samples_per_model INTEGER,
    quorum REAL,
    min_responses INTEGER,
    has_answer_form INTEGER NOT NULL,
    asked_kind TEXT,
    tolerance REAL,
    deadline_ms INTEGER,
    max_cost_usd TEXT,
    early_stop TEXT,
    category TEXT,
    temperature REAL,
    max_output_tokens INTEGER,
    seed INTEGER,
    reliability TEXT,
    stability_flip_set TEXT,
    family_flip_set TEXT,
    links TEXT NOT NULL,
    answer_text TEXT,
    answer_value TEXT,
    choices TEXT,
    metadata TEXT,
    scores TEXT,
    gate TEXT,
    provenance TEXT,
    schema TEXT,
    prompt TEXT,
    messages TEXT
) STRICT;

-- One index per filter, each in listing order and with the other filters' columns, so that rows are looked up only when they are on the page.
CREATE INDEX runs_by_time ON runs (created_at, run_id, key_id, strategy, status, outcome);
CREATE INDEX runs_by_key ON runs (key_id, created_at, run_id, strategy, status, outcome);
CREATE INDEX runs_by_strategy ON runs (strategy, created_at, run_id, status, outcome);
CREATE INDEX runs_by_status ON runs (status, created_at, run_id, outcome);
CREATE INDEX runs_by_outcome ON runs (outcome, created_at, run_id) WHERE outcome IS NOT NULL;
CREATE INDEX runs_unfinished ON runs (instance) WHERE status IN ('accepted', 'running');

CREATE TABLE candidates (
    run_seq INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL,
    model TEXT NOT NULL,
    family TEXT,
    sample INTEGER NOT NULL,
    status TEXT NOT NULL,
    cluster_id INTEGER,
    weight REAL,
    error_reason TEXT,
    attempts INTEGER NOT NULL,
    latency_ms REAL,
    finish_reason TEXT,
    provider_model TEXT,
    has_usage INTEGER NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cost_usd TEXT,
    cached INTEGER NOT NULL,
    answer_kind TEXT,
    error_message TEXT,
    answer_text TEXT,
    answer_value TEXT,
    text TEXT,
    PRIMARY KEY (run_seq, position)
) STRICT;

CREATE TABLE clusters (
    run_seq INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    cluster_id INTEGER NOT NULL,
    size INTEGER NOT NULL,
    weight REAL NOT NULL,
    share REAL NOT NULL,
    models TEXT NOT NULL,
    candidates TEXT NOT NULL,
    answer_kind TEXT NOT NULL,
    answer_text TEXT,
    answer_value TEXT,
    PRIMARY KEY (run_seq, position)
) STRICT;

CREATE TABLE run_models (
    run_seq INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    model TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    run_id BLOB NOT NULL,
    PRIMARY KEY (run_seq, model)
) STRICT, WITHOUT ROWID;

CREATE INDEX runs_by_model ON run_models (model, created_at, run_id);

CREATE TABLE run_tags (
    run_seq INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    run_id BLOB NOT NULL,
    PRIMARY KEY (run_seq, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX runs_by_tag ON run_tags (tag, created_at, run_id);

-- One row, rewritten by each probe: the proof that the file takes a commit.
CREATE TABLE probe (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    probed_at INTEGER NOT NULL
) STRICT;
