-- The lists that a run stands in: that of all runs, that of its key, those of each model and each tag, over all keys and within its own, and those of each tag
-- and model together. Each list is kept apart by what a run has one of (its facet: status, outcome, whether it was judged, strategy), so that a look-up by
-- several filters passes nothing else.
CREATE TABLE run_lists (
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    within TEXT NOT NULL,
    facet TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    run_id BLOB NOT NULL,
    run_seq INTEGER NOT NULL,
    PRIMARY KEY (kind, name, within, facet, created_at, run_id)
) STRICT, WITHOUT ROWID;

-- Two letters of the status, two of the outcome, 1 for a run that was judged or 0, and the strategy; `other` is the facet with the other of 1 and 0.
CREATE VIEW run_facets AS
SELECT seq, key_id, created_at, run_id, head || judged || strategy AS facet, head || (1 - judged) || strategy AS other
FROM (
    SELECT r.seq, r.key_id, r.created_at, r.run_id, r.strategy, substr(r.status, 1, 2) || coalesce(substr(r.outcome, 1, 2), '--') AS head,
        CASE WHEN EXISTS (SELECT 1 FROM judge_jobs j WHERE j.run_seq = r.seq AND j.state = 'done') THEN 1 ELSE 0 END AS judged
    FROM runs r
) parts;

-- What has to stand in run_lists.
CREATE VIEW run_list_entries AS
SELECT 0 AS kind, '' AS name, '' AS within, facet, created_at, run_id, seq AS run_seq, other FROM run_facets
UNION ALL
SELECT 1, '', key_id, facet, created_at, run_id, seq, other FROM run_facets WHERE key_id IS NOT NULL
UNION ALL
SELECT 2, m.model, '', f.facet, f.created_at, f.run_id, f.seq, f.other FROM run_facets f JOIN run_models m ON m.run_seq = f.seq
UNION ALL
SELECT 3, m.model, f.key_id, f.facet, f.created_at, f.run_id, f.seq, f.other FROM run_facets f JOIN run_models m ON m.run_seq = f.seq WHERE f.key_id IS NOT NULL
UNION ALL
SELECT 4, t.tag, '', f.facet, f.created_at, f.run_id, f.seq, f.other FROM run_facets f JOIN run_tags t ON t.run_seq = f.seq
UNION ALL
SELECT 5, t.tag, f.key_id, f.facet, f.created_at, f.run_id, f.seq, f.other FROM run_facets f JOIN run_tags t ON t.run_seq = f.seq WHERE f.key_id IS NOT NULL
UNION ALL
SELECT 6, t.tag, m.model, f.facet, f.created_at, f.run_id, f.seq, f.other
FROM run_facets f JOIN run_tags t ON t.run_seq = f.seq JOIN run_models m ON m.run_seq = f.seq;

INSERT INTO run_lists SELECT kind, name, within, facet, created_at, run_id, run_seq FROM run_list_entries
ORDER BY kind, name, within, facet, created_at, run_id;

-- Whoever writes: the lists follow.
CREATE TRIGGER run_lists_of_new_run AFTER INSERT ON runs
BEGIN
    INSERT OR IGNORE INTO run_lists SELECT kind, name, within, facet, created_at, run_id, run_seq FROM run_list_entries WHERE run_seq = NEW.seq;
END;

CREATE TRIGGER run_lists_before_change BEFORE UPDATE OF status, outcome, strategy, key_id, created_at, run_id ON runs
WHEN (OLD.status, OLD.outcome, OLD.strategy, OLD.key_id, OLD.created_at, OLD.run_id)
    IS NOT (NEW.status, NEW.outcome, NEW.strategy, NEW.key_id, NEW.created_at, NEW.run_id)
BEGIN
    DELETE FROM run_lists WHERE (kind, name, within, facet, created_at, run_id) IN
        (SELECT kind, name, within, facet, created_at, run_id FROM run_list_entries WHERE run_seq = OLD.seq);
END;

CREATE TRIGGER run_lists_after_change AFTER UPDATE OF status, outcome, strategy, key_id, created_at, run_id ON runs
WHEN (OLD.status, OLD.outcome, OLD.strategy, OLD.key_id, OLD.created_at, OLD.run_id)
    IS NOT (NEW.status, NEW.outcome, NEW.strategy, NEW.key_id, NEW.created_at, NEW.run_id)
BEGIN
    INSERT OR IGNORE INTO run_lists SELECT kind, name, within, facet, created_at, run_id, run_seq FROM run_list_entries WHERE run_seq = NEW.seq;
END;

CREATE TRIGGER run_lists_of_erased_run BEFORE DELETE ON runs
BEGIN
    DELETE FROM run_lists WHERE (kind, name, within, facet, created_at, run_id) IN
        (SELECT kind, name, within, facet, created_at, run_id FROM run_list_entries WHERE run_seq = OLD.seq);
END;

CREATE TRIGGER run_lists_of_new_model AFTER INSERT ON run_models
BEGIN
    INSERT OR IGNORE INTO run_lists SELECT kind, name, within, facet, created_at, run_id, run_seq FROM run_list_entries
    WHERE run_seq = NEW.run_seq AND ((kind IN (2, 3) AND name = NEW.model) OR (kind = 6 AND within = NEW.model));
END;

CREATE TRIGGER run_lists_of_erased_model BEFORE DELETE ON run_models
BEGIN
    DELETE FROM run_lists WHERE (kind, name, within, facet, created_at, run_id) IN
        (SELECT kind, name, within, facet, created_at, run_id FROM run_list_entries
        WHERE run_seq = OLD.run_seq AND ((kind IN (2, 3) AND name = OLD.model) OR (kind = 6 AND within = OLD.model)));
END;

CREATE TRIGGER run_lists_of_new_tag AFTER INSERT ON run_tags
BEGIN
    INSERT OR IGNORE INTO run_lists SELECT kind, name, within, facet, created_at, run_id, run_seq FROM run_list_entries
    WHERE run_seq = NEW.run_seq AND kind IN (4, 5, 6) AND name = NEW.tag;
END;

CREATE TRIGGER run_lists_of_erased_tag BEFORE DELETE ON run_tags
BEGIN
    DELETE FROM run_lists WHERE (kind, name, within, facet, created_at, run_id) IN
        (SELECT kind, name, within, facet, created_at, run_id FROM run_list_entries WHERE run_seq = OLD.run_seq AND kind IN (4, 5, 6) AND name = OLD.tag);
END;

CREATE TRIGGER run_lists_of_new_job AFTER INSERT ON judge_jobs WHEN NEW.state = 'done'
BEGIN
    DELETE FROM run_lists WHERE (kind, name, within, facet, created_at, run_id) IN
        (SELECT kind, name, within, other, created_at, run_id FROM run_list_entries WHERE run_seq = NEW.run_seq);
    INSERT OR IGNORE INTO run_lists SELECT kind, name, within, facet, created_at, run_id, run_seq FROM run_list_entries WHERE run_seq = NEW.run_seq;
END;

CREATE TRIGGER run_lists_of_job AFTER UPDATE OF state ON judge_jobs WHEN (OLD.state = 'done') <> (NEW.state = 'done')
BEGIN
    DELETE FROM run_lists WHERE (kind, name, within, facet, created_at, run_id) IN
        (SELECT kind, name, within, other, created_at, run_id FROM run_list_entries WHERE run_seq = NEW.run_seq);
    INSERT OR IGNORE INTO run_lists SELECT kind, name, within, facet, created_at, run_id, run_seq FROM run_list_entries WHERE run_seq = NEW.run_seq;
END;

CREATE TRIGGER run_lists_of_erased_job AFTER DELETE ON judge_jobs WHEN OLD.state = 'done'
BEGIN
    DELETE FROM run_lists WHERE (kind, name, within, facet, created_at, run_id) IN
        (SELECT kind, name, within, other, created_at, run_id FROM run_list_entries WHERE run_seq = OLD.run_seq);
    INSERT OR IGNORE INTO run_lists SELECT kind, name, within, facet, created_at, run_id, run_seq FROM run_list_entries WHERE run_seq = OLD.run_seq;
END;

-- What the lists take over.
DROP INDEX runs_by_model;
DROP INDEX runs_by_outcome;
DROP INDEX runs_by_status;
DROP INDEX runs_by_strategy;
DROP INDEX runs_by_key_outcome;
DROP INDEX runs_by_key_status;
