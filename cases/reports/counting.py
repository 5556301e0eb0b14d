"""How figures come to be, in SQL: what each trigger counts, and how all of it is counted anew.

The same functions serve the triggers, the migration and `rebuild_figures`, so that a figure has
one definition.
"""

# Of a timer: a miss stays a miss whatever follows (`sla.md` rule 5); met is what ended without one.
_OUTCOME = """
    CASE WHEN {row}.breached_at IS NOT NULL THEN TRUE
         WHEN {row}.state = 'stopped' THEN FALSE END
"""
_ENDED = "coalesce({row}.breached_at, {row}.stopped_at)"

FUNCTIONS = f"""
CREATE FUNCTION report_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state IN ('new', 'open', 'waiting', 'on_hold') THEN
        INSERT INTO reports_figurechange (what, state, priority, change)
        VALUES ('open', OLD.state, OLD.priority, -1);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.state IN ('new', 'open', 'waiting', 'on_hold') THEN
        INSERT INTO reports_figurechange (what, state, priority, change)
        VALUES ('open', NEW.state, NEW.priority, 1);
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state = 'spam') <> (NEW.state = 'spam') THEN
        PERFORM report_outcome(timer) FROM sla_slatimer AS timer WHERE timer.case_id = NEW.id;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION report_timer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM report_forget(OLD.id);
    ELSE
        PERFORM report_outcome(NEW);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION report_forget(wanted bigint) RETURNS void LANGUAGE sql AS $$
    WITH gone AS (DELETE FROM reports_outcome WHERE timer_id = wanted RETURNING *)
    INSERT INTO reports_figurechange (what, month, metric, priority, organisation_id, change)
    SELECT CASE WHEN is_missed THEN 'missed' ELSE 'met' END,
           month, metric, priority, organisation_id, -1
    FROM gone
$$;

CREATE FUNCTION report_outcome(timer sla_slatimer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    missed boolean := {_OUTCOME.format(row="timer")};
    ended timestamptz := {_ENDED.format(row="timer")};
BEGIN
    PERFORM report_forget(timer.id);
    IF missed IS NULL THEN
        RETURN;
    END IF;
    WITH added AS (
        INSERT INTO reports_outcome (timer_id, case_id, is_missed, ended_at, month, metric,
                                     priority, organisation_id, took_seconds, answered_at)
        SELECT timer.id, timer.case_id, missed, ended,
               date_trunc('month', ended AT TIME ZONE 'UTC')::date, timer.metric,
               priority, organisation_id, timer.consumed_seconds, timer.stopped_at
        FROM cases_case WHERE id = timer.case_id AND state <> 'spam'
        RETURNING *
    )
    INSERT INTO reports_figurechange (what, month, metric, priority, organisation_id, change)
    SELECT CASE WHEN is_missed THEN 'missed' ELSE 'met' END,
           month, metric, priority, organisation_id, 1
    FROM added;
END
$$;

CREATE FUNCTION report_short_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_figurechange (what, month, change)
    VALUES ('short', date_trunc('month', NEW.at AT TIME ZONE 'UTC')::date, 1);
    RETURN NULL;
END
$$;
"""  # noqa: S608 (words of our own)

TRIGGERS = f"""
CREATE TRIGGER report_new_case AFTER INSERT OR DELETE ON cases_case
    FOR EACH ROW EXECUTE FUNCTION report_case();
CREATE TRIGGER report_case AFTER UPDATE OF state, priority ON cases_case
    FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.priority IS DISTINCT FROM NEW.priority)
    EXECUTE FUNCTION report_case();
CREATE TRIGGER report_new_timer AFTER INSERT ON sla_slatimer
    FOR EACH ROW WHEN (({_OUTCOME.format(row="NEW")}) IS NOT NULL)
    EXECUTE FUNCTION report_timer();
CREATE TRIGGER report_timer AFTER UPDATE ON sla_slatimer
    FOR EACH ROW
    WHEN (({_OUTCOME.format(row="OLD")}) IS DISTINCT FROM ({_OUTCOME.format(row="NEW")})
          OR OLD.breached_at IS DISTINCT FROM NEW.breached_at
          OR OLD.stopped_at IS DISTINCT FROM NEW.stopped_at)
    EXECUTE FUNCTION report_timer();
CREATE TRIGGER report_lost_timer AFTER DELETE ON sla_slatimer
    FOR EACH ROW WHEN (({_OUTCOME.format(row="OLD")}) IS NOT NULL)
    EXECUTE FUNCTION report_timer();
CREATE TRIGGER report_short_answer AFTER INSERT ON thread_message
    FOR EACH ROW
    WHEN (NEW.is_ours AND NEW.visibility = 'public' AND NOT NEW.is_automatic
          AND char_length(btrim(NEW.text)) < 20)
    EXECUTE FUNCTION report_short_answer();
"""

NO_TRIGGERS = """
DROP TRIGGER report_short_answer ON thread_message;
DROP TRIGGER report_lost_timer ON sla_slatimer;
DROP TRIGGER report_timer ON sla_slatimer;
DROP TRIGGER report_new_timer ON sla_slatimer;
DROP TRIGGER report_case ON cases_case;
DROP TRIGGER report_new_case ON cases_case;
DROP FUNCTION report_short_answer();
DROP FUNCTION report_case();
DROP FUNCTION report_timer();
DROP FUNCTION report_outcome(sla_slatimer);
DROP FUNCTION report_forget(bigint);
"""

# While rows are made in bulk, to be counted once at the end. Open checks are made at once, since
# a table that has any cannot be altered.
PAUSE = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE cases_case DISABLE TRIGGER report_new_case;
ALTER TABLE sla_slatimer DISABLE TRIGGER report_new_timer;
ALTER TABLE thread_message DISABLE TRIGGER report_short_answer;
"""
RESUME = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE cases_case ENABLE TRIGGER report_new_case;
ALTER TABLE sla_slatimer ENABLE TRIGGER report_new_timer;
ALTER TABLE thread_message ENABLE TRIGGER report_short_answer;
"""

# The promises that have an outcome.
ENDED_TIMERS = f"""
    SELECT timer.id, ({_OUTCOME.format(row="timer")}) AS is_missed
    FROM sla_slatimer AS timer JOIN cases_case ON cases_case.id = timer.case_id
    WHERE cases_case.state <> 'spam' AND ({_OUTCOME.format(row="timer")}) IS NOT NULL
"""  # noqa: S608 (words of our own)

# What the figures should be, from the rows themselves: walks all of history, so never in a page.
FROM_ROWS = """
    SELECT 'open' AS what, NULL::date AS month, state, '' AS metric, priority,
           NULL::bigint AS organisation_id, count(*) AS value
    FROM cases_case WHERE state IN ('new', 'open', 'waiting', 'on_hold') GROUP BY state, priority
    UNION ALL
    SELECT CASE WHEN is_missed THEN 'missed' ELSE 'met' END, month, '', metric, priority,
           organisation_id, count(*)
    FROM reports_outcome GROUP BY 1, month, metric, priority, organisation_id
    UNION ALL
    SELECT 'short', date_trunc('month', at AT TIME ZONE 'UTC')::date, '', '', '', NULL, count(*)
    FROM thread_message
    WHERE is_ours AND visibility = 'public' AND NOT is_automatic
      AND char_length(btrim(text)) < 20
    GROUP BY 2
"""

# Locks out writers for as long as it counts: nothing is counted twice or left out.
COUNT_ANEW = f"""
LOCK TABLE cases_case, sla_slatimer, thread_message IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM reports_outcome;
INSERT INTO reports_outcome (timer_id, case_id, is_missed, ended_at, month, metric,
                             priority, organisation_id, took_seconds, answered_at)
SELECT timer.id, timer.case_id, timer.breached_at IS NOT NULL, {_ENDED.format(row="timer")},
       date_trunc('month', {_ENDED.format(row="timer")} AT TIME ZONE 'UTC')::date,
       timer.metric, cases_case.priority, cases_case.organisation_id, timer.consumed_seconds,
       timer.stopped_at
FROM sla_slatimer AS timer JOIN cases_case ON cases_case.id = timer.case_id
WHERE cases_case.state <> 'spam' AND ({_OUTCOME.format(row="timer")}) IS NOT NULL;
DELETE FROM reports_figurechange;
DELETE FROM reports_figure;
INSERT INTO reports_figure (what, month, state, metric, priority, organisation_id, value)
{FROM_ROWS};
"""  # noqa: S608 (words of our own)

# One statement: of two workers each change is folded in by one alone.
FOLD = """
WITH gone AS (DELETE FROM reports_figurechange RETURNING *)
INSERT INTO reports_figure AS kept
       (what, month, state, metric, priority, organisation_id, value)
SELECT what, month, state, metric, priority, organisation_id, sum(change)
FROM gone GROUP BY what, month, state, metric, priority, organisation_id
HAVING sum(change) <> 0
ORDER BY what, month, state, metric, priority, organisation_id
ON CONFLICT (what, month, state, metric, priority, organisation_id)
DO UPDATE SET value = kept.value + excluded.value
"""

# Kept figures and what is not folded in yet: the sums are right at any moment.
VIEW = """
CREATE VIEW reports_keptfigure AS
    SELECT id, what, month, state, metric, priority, organisation_id, value FROM reports_figure
    UNION ALL
    SELECT -id, what, month, state, metric, priority, organisation_id, change
    FROM reports_figurechange
"""
