"""Lock what may only be added to."""

from django.db import migrations

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("leave", "0001_initial")]
    operations = [
        append_only(
            "leave_request",
            "leave_withdrawal",
            "leave_consultation",
            "leave_check",
            "leave_decision",
            "leave_parttime",
            "leave_parttimereview",
            "leave_parttimeend",
        )
    ]
