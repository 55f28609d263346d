from django.db import migrations, models


class Migration(migrations.Migration):
    """SQLite passed over the partial index of the entry, and read every candidate for each one who
    came in."""

    dependencies = [("exams", "0006_markings_key_proposals_item_reports")]

    operations = [
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(fields=["number"], name="exams_candidate_by_number"),
        ),
        migrations.RemoveIndex(model_name="candidate", name="exams_candidate_entry"),
    ]
