-- Judging after the fact. A job is written in the transaction of the run that it is about; only its id goes through a queue.
CREATE TABLE judge_jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id BLOB NOT NULL UNIQUE CHECK (length(job_id) = 16),
    run_seq INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    run_id BLOB NOT NULL,
    key_id TEXT,
    created_at INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    rubric TEXT NOT NULL,
    config_version TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    attempt_open INTEGER NOT NULL,
    not_before INTEGER,
    finished_at INTEGER,
    reason TEXT,
    message TEXT,
    trace_parent TEXT
) STRICT;

CREATE INDEX judge_jobs_pending ON judge_jobs (seq, not_before, queued_at) WHERE state = 'pending';
CREATE INDEX judge_jobs_by_state ON judge_jobs (state, seq);
CREATE INDEX judge_jobs_by_key ON judge_jobs (key_id, seq, state);
CREATE INDEX judge_jobs_by_run ON judge_jobs (run_seq, seq, state);

-- A score that comes twice is stored once; opponent -1 and shown '' stand for none, since NULL is not unique.
CREATE TABLE scores (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    job_seq INTEGER NOT NULL REFERENCES judge_jobs (seq) ON DELETE CASCADE,
    run_seq INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    job_id BLOB NOT NULL,
    run_id BLOB NOT NULL,
    key_id TEXT,
    candidate INTEGER NOT NULL,
    opponent INTEGER NOT NULL,
    shown TEXT NOT NULL,
    judge TEXT NOT NULL,
    criterion TEXT NOT NULL,
    method TEXT NOT NULL,
    model TEXT NOT NULL,
    rubric TEXT NOT NULL,
    config_version TEXT NOT NULL,
    grade TEXT,
    value REAL,
    unscored TEXT,
    scored_at INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    repaired INTEGER NOT NULL,
    latency_ms REAL,
    has_usage INTEGER NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cost_usd TEXT,
    claim TEXT,
    rationale TEXT,
    UNIQUE (job_seq, candidate, opponent, shown, judge, criterion)
) STRICT;

-- One index per filter, each in listing order and with the other filters' columns, so that rows are looked up only when they are on the page.
CREATE INDEX scores_by_time ON scores (scored_at, seq, method, rubric, value);
CREATE INDEX scores_by_key ON scores (key_id, scored_at, seq, model, judge, method, rubric, value);
CREATE INDEX scores_by_model ON scores (model, scored_at, seq, key_id, judge, method, rubric, value);
CREATE INDEX scores_by_judge ON scores (judge, scored_at, seq, key_id, method, rubric, value);
CREATE INDEX scores_by_run ON scores (run_seq, scored_at, seq);
CREATE INDEX scores_by_job ON scores (job_seq, scored_at, seq);

-- What the strategies that ask models more than once did, step by step. Runs from before have none.
ALTER TABLE runs ADD COLUMN steps TEXT;
