from django.db import migrations

MOVE = """
CREATE FUNCTION minutes_are_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added GROUP BY movement_id, grant_id HAVING sum(minutes) <> 0) THEN
        RAISE EXCEPTION 'The postings of a movement must add up to zero for each grant.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE entitlements_grant g SET
        issued = g.issued - d.issued, available = g.available + d.available,
        held = g.held + d.held, used = g.used + d.used, expired = g.expired + d.expired
    FROM (
        SELECT grant_id,
            coalesce(sum(minutes) FILTER (WHERE account = 'issued'), 0) AS issued,
            coalesce(sum(minutes) FILTER (WHERE account = 'available'), 0) AS available,
            coalesce(sum(minutes) FILTER (WHERE account = 'held'), 0) AS held,
            coalesce(sum(minutes) FILTER (WHERE account = 'used'), 0) AS used,
            coalesce(sum(minutes) FILTER (WHERE account = 'expired'), 0) AS expired
        FROM added GROUP BY grant_id
    ) d WHERE g.id = d.grant_id;
    UPDATE entitlements_book b SET
        available = b.available + d.available, held = b.held + d.held,
        used = b.used + d.used, expired = b.expired + d.expired
    FROM (
        SELECT g.organisation_id,
            coalesce(sum(a.minutes) FILTER (WHERE a.account = 'available'), 0) AS available,
            coalesce(sum(a.minutes) FILTER (WHERE a.account = 'held'), 0) AS held,
            coalesce(sum(a.minutes) FILTER (WHERE a.account = 'used'), 0) AS used,
            coalesce(sum(a.minutes) FILTER (WHERE a.account = 'expired'), 0) AS expired
        FROM added a JOIN entitlements_grant g ON g.id = a.grant_id GROUP BY g.organisation_id
    ) d WHERE b.organisation_id = d.organisation_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER minutes_are_moved AFTER INSERT ON entitlements_posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION minutes_are_moved();

CREATE FUNCTION minutes_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger of minutes is only added to; add a movement that corrects it.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER postings_are_only_added BEFORE UPDATE OR DELETE ON entitlements_posting
    FOR EACH ROW EXECUTE FUNCTION minutes_are_only_added();
CREATE TRIGGER movements_are_only_added BEFORE UPDATE OR DELETE ON entitlements_movement
    FOR EACH ROW EXECUTE FUNCTION minutes_are_only_added();

CREATE FUNCTION balances_follow_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One deep: a statement of somebody's own. Deeper: the trigger above, which may.
    IF pg_trigger_depth() < 2 AND current_setting('entitlements.rebuilding', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'A balance of minutes is moved by postings only.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER balances_follow_postings BEFORE UPDATE ON entitlements_grant
    FOR EACH ROW WHEN (
        (OLD.issued, OLD.available, OLD.held, OLD.used, OLD.expired)
        IS DISTINCT FROM (NEW.issued, NEW.available, NEW.held, NEW.used, NEW.expired)
    ) EXECUTE FUNCTION balances_follow_postings();
CREATE TRIGGER balances_follow_postings BEFORE UPDATE ON entitlements_book
    FOR EACH ROW WHEN (
        (OLD.available, OLD.held, OLD.used, OLD.expired)
        IS DISTINCT FROM (NEW.available, NEW.held, NEW.used, NEW.expired)
    ) EXECUTE FUNCTION balances_follow_postings();
CREATE FUNCTION balances_begin_at_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.available <> 0 OR NEW.held <> 0 OR NEW.used <> 0 OR NEW.expired <> 0 THEN
        RAISE EXCEPTION 'A balance of minutes begins at zero.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER balances_begin_at_zero BEFORE INSERT ON entitlements_grant
    FOR EACH ROW EXECUTE FUNCTION balances_begin_at_zero();
CREATE TRIGGER balances_begin_at_zero BEFORE INSERT ON entitlements_book
    FOR EACH ROW EXECUTE FUNCTION balances_begin_at_zero();
"""

FORGET = """
DROP TRIGGER balances_begin_at_zero ON entitlements_book;
DROP TRIGGER balances_begin_at_zero ON entitlements_grant;
DROP TRIGGER balances_follow_postings ON entitlements_book;
DROP TRIGGER balances_follow_postings ON entitlements_grant;
DROP TRIGGER movements_are_only_added ON entitlements_movement;
DROP TRIGGER postings_are_only_added ON entitlements_posting;
DROP TRIGGER minutes_are_moved ON entitlements_posting;
DROP FUNCTION balances_begin_at_zero();
DROP FUNCTION balances_follow_postings();
DROP FUNCTION minutes_are_only_added();
DROP FUNCTION minutes_are_moved();
"""


class Migration(migrations.Migration):
    """Double entry, append-only and balances are kept by the database, whoever writes to it."""

    dependencies = [("entitlements", "0001_initial")]

    operations = [migrations.RunSQL(MOVE, FORGET)]
