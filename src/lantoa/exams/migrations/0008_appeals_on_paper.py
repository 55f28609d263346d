from django.db import migrations, models


class Migration(migrations.Migration):
    """Candidates who sit by number and code have no account to appeal from."""

    dependencies = [("exams", "0007_entering_finds_by_number")]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="received_on",
            field=models.DateField(null=True, help_text="on paper: the day it came in"),
        ),
    ]
