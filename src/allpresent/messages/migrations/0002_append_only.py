"""Lock what may only be added to."""

from django.db import migrations

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]
    operations = [append_only("outbox_templateversion", "outbox_message", "outbox_attempt")]
