-- The lists that a run stands in: that of all runs, that of its key, those of each model and each tag, over all keys and within its own, and those of each tag
-- and model together. Each list is kept apart by what a run has one of (its facet: status, outcome, whether it was judged, strategy), so that a look-up by
-- several filters passes nothing else.
CREATE TABLE run_lists (
    kind bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    within text COLLATE "C" NOT NULL,
    facet text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    run_id bytea NOT NULL,
    run_seq bigint NOT NULL,
    PRIMARY KEY (kind, name, within, facet, created_at, run_id) INCLUDE (run_seq)
);

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
SELECT 0::bigint AS kind, ''::text COLLATE "C" AS name, ''::text COLLATE "C" AS within, facet, created_at, run_id, seq AS run_seq, other FROM run_facets
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
ANALYZE run_lists;

-- Whoever writes: the lists follow. In PL/pgSQL, which plans a statement once a session: in SQL each call would plan the view anew, which takes longer than the rest.
CREATE FUNCTION enter_run_lists(seq bigint, of_model text DEFAULT NULL, of_tag text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO run_lists SELECT e.kind, e.name, e.within, e.facet, e.created_at, e.run_id, e.run_seq FROM run_list_entries e
    WHERE e.run_seq = seq AND ((of_model IS NULL AND of_tag IS NULL) OR (e.kind IN (2, 3) AND e.name = of_model) OR (e.kind = 6 AND e.within = of_model)
            OR (e.kind IN (4, 5, 6) AND e.name = of_tag))
    ON CONFLICT DO NOTHING;
END;
$$;

CREATE FUNCTION leave_run_lists(seq bigint, of_model text DEFAULT NULL, of_tag text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM run_lists l USING run_list_entries e
    WHERE e.run_seq = seq AND ((of_model IS NULL AND of_tag IS NULL) OR (e.kind IN (2, 3) AND e.name = of_model) OR (e.kind = 6 AND e.within = of_model)
            OR (e.kind IN (4, 5, 6) AND e.name = of_tag))
        AND (l.kind, l.name, l.within, l.facet, l.created_at, l.run_id) = (e.kind, e.name, e.within, e.facet, e.created_at, e.run_id);
END;
$$;

CREATE FUNCTION run_lists_of_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_WHEN = 'BEFORE' THEN
        PERFORM leave_run_lists(OLD.seq);
    ELSE
        PERFORM enter_run_lists(NEW.seq);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END;
$$;

CREATE FUNCTION run_lists_of_model() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM leave_run_lists(OLD.run_seq, of_model => OLD.model);
        RETURN OLD;
    END IF;
    PERFORM enter_run_lists(NEW.run_seq, of_model => NEW.model);
    RETURN NEW;
END;
$$;

CREATE FUNCTION run_lists_of_tag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM leave_run_lists(OLD.run_seq, of_tag => OLD.tag);
        RETURN OLD;
    END IF;
    PERFORM enter_run_lists(NEW.run_seq, of_tag => NEW.tag);
    RETURN NEW;
END;
$$;

CREATE FUNCTION run_lists_of_job() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.run_seq ELSE NEW.run_seq END;
BEGIN
    DELETE FROM run_lists l USING run_list_entries e
    WHERE e.run_seq = changed
        AND (l.kind, l.name, l.within, l.facet, l.created_at, l.run_id) = (e.kind, e.name, e.within, e.other, e.created_at, e.run_id);
    PERFORM enter_run_lists(changed);
    RETURN NULL;
END;
$$;

CREATE TRIGGER run_lists_of_new_run AFTER INSERT ON runs FOR EACH ROW EXECUTE FUNCTION run_lists_of_run();
CREATE TRIGGER run_lists_of_erased_run BEFORE DELETE ON runs FOR EACH ROW EXECUTE FUNCTION run_lists_of_run();
CREATE TRIGGER run_lists_before_change BEFORE UPDATE OF status, outcome, strategy, key_id, created_at, run_id ON runs FOR EACH ROW
WHEN ((OLD.status, OLD.outcome, OLD.strategy, OLD.key_id, OLD.created_at, OLD.run_id)
    IS DISTINCT FROM (NEW.status, NEW.outcome, NEW.strategy, NEW.key_id, NEW.created_at, NEW.run_id))
EXECUTE FUNCTION run_lists_of_run();
CREATE TRIGGER run_lists_after_change AFTER UPDATE OF status, outcome, strategy, key_id, created_at, run_id ON runs FOR EACH ROW
WHEN ((OLD.status, OLD.outcome, OLD.strategy, OLD.key_id, OLD.created_at, OLD.run_id)
    IS DISTINCT FROM (NEW.status, NEW.outcome, NEW.strategy, NEW.key_id, NEW.created_at, NEW.run_id))
EXECUTE FUNCTION run_lists_of_run();
CREATE TRIGGER run_lists_of_new_model AFTER INSERT ON run_models FOR EACH ROW EXECUTE FUNCTION run_lists_of_model();
CREATE TRIGGER run_lists_of_erased_model BEFORE DELETE ON run_models FOR EACH ROW EXECUTE FUNCTION run_lists_of_model();
CREATE TRIGGER run_lists_of_new_tag AFTER INSERT ON run_tags FOR EACH ROW EXECUTE FUNCTION run_lists_of_tag();
CREATE TRIGGER run_lists_of_erased_tag BEFORE DELETE ON run_tags FOR EACH ROW EXECUTE FUNCTION run_lists_of_tag();
CREATE TRIGGER run_lists_of_new_job AFTER INSERT ON judge_jobs FOR EACH ROW WHEN (NEW.state = 'done') EXECUTE FUNCTION run_lists_of_job();
CREATE TRIGGER run_lists_of_job AFTER UPDATE OF state ON judge_jobs FOR EACH ROW WHEN ((OLD.state = 'done') <> (NEW.state = 'done'))
EXECUTE FUNCTION run_lists_of_job();
CREATE TRIGGER run_lists_of_erased_job AFTER DELETE ON judge_jobs FOR EACH ROW WHEN (OLD.state = 'done') EXECUTE FUNCTION run_lists_of_job();

-- What the lists take over.
DROP INDEX runs_by_model;
DROP INDEX runs_by_outcome;
DROP INDEX runs_by_status;
DROP INDEX runs_by_strategy;
DROP INDEX runs_by_key_outcome;
DROP INDEX runs_by_key_status;
