"""Lock what may only be added to."""

from django.db import migrations

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("elsewhere", "0001_initial")]
    operations = [
        append_only(
            "elsewhere_providercheck",
            "elsewhere_arrangement",
            "elsewhere_arrangementend",
            "elsewhere_providerword",
            "elsewhere_followup",
            "elsewhere_chase",
            "elsewhere_suspension",
            "elsewhere_suspensionend",
        )
    ]
