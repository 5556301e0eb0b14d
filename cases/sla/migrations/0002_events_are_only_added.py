from django.db import migrations

REFUSE = """
CREATE FUNCTION sla_events_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An SLA event is never changed; add another one.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER sla_events_are_only_added
    BEFORE UPDATE ON sla_slaevent
    FOR EACH ROW EXECUTE FUNCTION sla_events_are_only_added();
"""

ALLOW = """
DROP TRIGGER sla_events_are_only_added ON sla_slaevent;
DROP FUNCTION sla_events_are_only_added();
"""


class Migration(migrations.Migration):
    """Timers are folded from their events, so what was recorded must never change."""

    dependencies = [("sla", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
