from django.db import migrations, models

from lantoa.items.similarity import bands
from lantoa.items.sql import guard, unguard

AT_ONCE = 2000


def carry_over(apps, schema_editor):
    """How far each item's newest version is; no review is invented for what was approved before
    there were reviews. And where its words fall, so that new questions find it."""
    items = apps.get_model("items", "Item").objects
    versions = apps.get_model("items", "ItemVersion").objects
    newest = versions.filter(item=models.OuterRef("pk")).order_by("-number")
    items.filter(
        pk__in=items.annotate(approval=models.Subquery(newest.values("approval__id")[:1]))
        .filter(approval__isnull=False)
        .values("pk")
    ).update(stage="approved")
    items.filter(state="reviewed", stage="writing").update(stage="fit")
    _fill_bands(items, apps.get_model("items", "Band"))


def _fill_bands(items, band):
    last = 0
    while found := list(
        items.filter(pk__gt=last).order_by("pk").values_list("pk", "search_key")[:AT_ONCE]
    ):
        rows = [band(key=key, item_id=pk) for pk, words in found for key in set(bands(words))]
        band.objects.bulk_create(rows, batch_size=AT_ONCE)
        last = found[-1][0]


def forget(apps, schema_editor):
    apps.get_model("items", "Band").objects.all().delete()


def close(apps, schema_editor):
    for statement in guard(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def reopen(apps, schema_editor):
    for statement in unguard(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """A later migration that makes SQLite rebuild items_itemversion drops the trigger: run `guard`
    again after it (tests/test_versions.py notices)."""

    dependencies = [("items", "0004_bank_upkeep")]

    operations = [
        migrations.RunPython(carry_over, forget),
        migrations.RunPython(close, reopen),
    ]
