"""Lock what may only be added to."""

from django.db import migrations

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial")]
    operations = [append_only("sharing_share")]
