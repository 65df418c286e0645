"""Lock evidence and mail; lock the messages again: SQLite made their table anew."""

from django.db import migrations

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("absences", "0005_evidence_and_mail")]
    operations = [
        append_only(
            "absences_notice",
            "absences_evidence",
            "absences_evidencewithdrawn",
            "absences_mail",
            "absences_mailhandled",
        )
    ]
