"""Lock what may only be added to."""

from django.db import migrations

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("sweeps", "0001_initial")]
    operations = [append_only("sweeps_alert", "sweeps_telling", "sweeps_alertend")]
