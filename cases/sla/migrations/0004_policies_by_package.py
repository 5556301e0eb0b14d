import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What is promised may depend on the support package that an organisation holds."""

    dependencies = [
        ("entitlements", "0002_a_ledger_that_guards_itself"),
        ("sla", "0003_policies_note_their_edits"),
    ]

    operations = [
        migrations.AddField(
            model_name="slapolicy",
            name="package",
            field=models.ForeignKey(
                blank=True,
                help_text=(
                    "Organisations that hold this support package. Empty: with and without any."
                ),
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sla_policies",
                to="entitlements.supportpackage",
            ),
        ),
        migrations.AddField(
            model_name="slapolicy",
            name="package_followed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
