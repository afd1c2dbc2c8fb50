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

-- The lists that a run stands in: all of them, or only those that it stands in for one of its models or tags.
CREATE FUNCTION names_of_run_lists(of_run bigint, of_key text, of_model text, of_tag text)
RETURNS TABLE (kind bigint, name text, within text) LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF of_model IS NULL AND of_tag IS NULL THEN
        RETURN QUERY SELECT 0::bigint, '', '';
        IF of_key IS NOT NULL THEN
            RETURN QUERY SELECT 1::bigint, '', of_key;
        END IF;
    END IF;
    IF of_tag IS NULL THEN
        RETURN QUERY SELECT k.kind, m.model, k.within FROM run_models m
        CROSS JOIN (SELECT 2::bigint AS kind, '' AS within UNION ALL SELECT 3, of_key WHERE of_key IS NOT NULL) k
        WHERE m.run_seq = of_run AND (of_model IS NULL OR m.model = of_model);
    END IF;
    IF of_model IS NULL THEN
        RETURN QUERY SELECT k.kind, t.tag, k.within FROM run_tags t
        CROSS JOIN (SELECT 4::bigint AS kind, '' AS within UNION ALL SELECT 5, of_key WHERE of_key IS NOT NULL) k
        WHERE t.run_seq = of_run AND (of_tag IS NULL OR t.tag = of_tag);
    END IF;
    RETURN QUERY SELECT 6::bigint, t.tag, m.model FROM run_tags t JOIN run_models m ON m.run_seq = t.run_seq
    WHERE t.run_seq = of_run AND (of_model IS NULL OR m.model = of_model) AND (of_tag IS NULL OR t.tag = of_tag);
END;
$$;

-- What has to stand in run_lists.
CREATE VIEW run_list_entries AS
SELECT n.kind, n.name COLLATE "C" AS name, n.within COLLATE "C" AS within, f.facet, f.created_at, f.run_id, f.seq AS run_seq
FROM run_facets f CROSS JOIN LATERAL names_of_run_lists(f.seq, f.key_id, NULL, NULL) n;

INSERT INTO run_lists SELECT kind, name, within, facet, created_at, run_id, run_seq FROM run_list_entries
ORDER BY kind, name, within, facet, created_at, run_id;

-- Whoever writes: the lists follow. In PL/pgSQL, which plans a statement once a session, and by the keys of rows alone, so that no plan reads a table whole.
CREATE FUNCTION enter_run_lists(of_run bigint, of_model text DEFAULT NULL, of_tag text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    entered run_facets;
BEGIN
    SELECT * INTO entered FROM run_facets WHERE seq = of_run;
    IF FOUND THEN
        INSERT INTO run_lists SELECT n.kind, n.name, n.within, entered.facet, entered.created_at, entered.run_id, of_run
        FROM names_of_run_lists(of_run, entered.key_id, of_model, of_tag) n
        ON CONFLICT DO NOTHING;
    END IF;
END;
$$;

-- The same for what is not so any more, or (was_other) was so until a run was judged or lost its judging.
CREATE FUNCTION leave_run_lists(of_run bigint, of_model text DEFAULT NULL, of_tag text DEFAULT NULL, was_other boolean DEFAULT FALSE)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    leaving run_facets;
    list record;
BEGIN
    SELECT * INTO leaving FROM run_facets WHERE seq = of_run;
    IF FOUND THEN
        FOR list IN SELECT * FROM names_of_run_lists(of_run, leaving.key_id, of_model, of_tag) LOOP
            DELETE FROM run_lists l WHERE l.kind = list.kind AND l.name = list.name AND l.within = list.within
                AND l.facet = CASE WHEN was_other THEN leaving.other ELSE leaving.facet END
                AND l.created_at = leaving.created_at AND l.run_id = leaving.run_id;
        END LOOP;
    END IF;
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
    PERFORM leave_run_lists(changed, was_other => TRUE);
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
