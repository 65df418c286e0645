"""Finding the marks that nobody can explain yet, of every year, without reading the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0003_given_back")]

    operations = [
        migrations.AddIndex(
            "currentmark",
            models.Index(fields=["school", "day"], name="mark_unexplained", condition=models.Q(code="N")),
        )
    ]
