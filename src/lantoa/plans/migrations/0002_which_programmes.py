from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
        ("programmes", "0003_count_by_one_covering_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="programmes",
            field=models.ManyToManyField(
                blank=True, related_name="plans", to="programmes.programme"
            ),
        ),
    ]
