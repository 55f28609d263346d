from django.db import migrations, models

from lantoa.records.sql import NAME, statements


def guard(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    on = " ON records_statement" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}{on}")


class Migration(migrations.Migration):
    """A later migration that makes SQLite rebuild the table drops the trigger: run `guard` again after it
    (tests/test_records.py notices)."""

    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("verb__contains", ":"), ("object_id__contains", ":")),
                name="records_statement_iris",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
