"""Lock what may only be added to."""

from django.db import migrations

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("settling", "0001_initial")]
    operations = [
        append_only(
            "settling_parenttold",
            "settling_decision",
            "settling_decidedsession",
            "settling_evidencerequest",
            "settling_evidenceflag",
            "settling_updateagreement",
        )
    ]
