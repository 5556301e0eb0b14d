from django.db import migrations


def add_help_center(apps, schema_editor):
    apps.get_model("chat", "Site").objects.get_or_create(
        key="help-center", defaults={"name": "Help Center"}
    )


class Migration(migrations.Migration):
    """The Help Center shows the pop-up from the first day."""

    dependencies = [("chat", "0001_initial")]
    operations = [migrations.RunPython(add_help_center, migrations.RunPython.noop)]
