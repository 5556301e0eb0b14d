from django.db import migrations


class Migration(migrations.Migration):
    """A chat that its client left is counted no further either, so the name says more."""

    dependencies = [("chat", "0004_beside")]
    operations = [migrations.RenameField("conversation", "began_live", "is_measured")]
