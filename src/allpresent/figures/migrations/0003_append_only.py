"""Lock what may only be added to."""

from django.db import migrations

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("figures", "0002_chances_switch")]
    operations = [append_only("figures_chancesswitch")]
