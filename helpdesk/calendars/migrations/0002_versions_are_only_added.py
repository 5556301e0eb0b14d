from django.db import migrations

REFUSE = """
CREATE FUNCTION calendar_versions_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A calendar version is never changed or removed; publish a new one.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER calendar_versions_are_only_added
    BEFORE UPDATE OR DELETE ON calendars_calendarversion
    FOR EACH ROW EXECUTE FUNCTION calendar_versions_are_only_added();
"""

ALLOW = """
DROP TRIGGER calendar_versions_are_only_added ON calendars_calendarversion;
DROP FUNCTION calendar_versions_are_only_added();
"""


class Migration(migrations.Migration):
    """Due times name the version they were counted on, so a version must never change."""

    dependencies = [("calendars", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
