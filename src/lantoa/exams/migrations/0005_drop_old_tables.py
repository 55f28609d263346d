from django.db import migrations


class Migration(migrations.Migration):
    """The rows stand in the new tables (0004)."""

    dependencies = [("exams", "0004_carry_over")]

    operations = [
        migrations.DeleteModel("OldAnswer"),
        migrations.DeleteModel("OldResult"),
        migrations.DeleteModel("OldSubmission"),
        migrations.DeleteModel("OldAttempt"),
        migrations.DeleteModel("OldForm"),
        migrations.DeleteModel("OldSitting"),
    ]
