"""Lock the messages again: SQLite made their table anew."""

from django.db import migrations

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("absences", "0003_reason")]
    operations = [append_only("absences_notice")]
