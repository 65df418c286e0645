"""Lock what may only be added to."""

from django.db import migrations

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("improvement", "0001_initial")]
    operations = [
        append_only(
            "improvement_target",
            "improvement_targetend",
            "improvement_goal",
            "improvement_goalend",
            "improvement_aim",
            "improvement_aimreview",
            "improvement_step",
            "improvement_stepchange",
            "improvement_training",
            "improvement_trainingstruck",
            "improvement_selfevaluation",
        )
    ]
