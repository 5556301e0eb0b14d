from django.db import migrations

from cases.reports import counting


class Migration(migrations.Migration):
    """From here on each change of a case or a promise counts itself; what there is, is counted."""

    dependencies = [
        ("reports", "0001_initial"),
        ("cases", "0003_merged_cases"),
        ("sla", "0003_policies_note_their_edits"),
        ("thread", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(counting.VIEW, "DROP VIEW reports_keptfigure"),
        migrations.RunSQL(counting.FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(counting.TRIGGERS, counting.NO_TRIGGERS),
        migrations.RunSQL(counting.COUNT_ANEW, migrations.RunSQL.noop),
    ]
