from django.db import migrations, models


def say_how(apps, schema_editor):
    """Former names have the code of the unit that keeps it and no place in the tree; a unit with
    several successors was split."""
    predecessors = apps.get_model("people", "UnitPredecessor").objects
    links = apps.get_model("people", "UnitLink").objects
    placed = links.filter(unit=models.OuterRef("predecessor"))
    renamed = (
        predecessors.filter(
            unit__code=models.F("predecessor__code"), unit__founded_on=models.F("on_date")
        )
        .exclude(predecessor__code="")
        .exclude(on_date="2025-07-01")
        .exclude(models.Exists(placed))
    )
    predecessors.filter(pk__in=list(renamed.values_list("pk", flat=True))).update(how="renamed")
    several = predecessors.values("predecessor").annotate(n=models.Count("pk")).filter(n__gt=1)
    predecessors.filter(predecessor__in=list(several.values_list("predecessor", flat=True))).update(
        how="split"
    )


def hang_under_successors(apps, schema_editor):
    """Units that ended with one successor stand under it, with everything that still stands under
    them; where they stood before is kept as their past."""
    unit_model = apps.get_model("people", "Unit")
    links = apps.get_model("people", "UnitLink").objects
    past = apps.get_model("people", "PastUnitLink")
    merged = apps.get_model("people", "UnitPredecessor").objects.filter(
        how="merged", predecessor__parent__isnull=False
    )
    for step in merged.select_related("predecessor").order_by("on_date", "pk"):
        unit, successor = step.predecessor, step.unit_id
        if unit.parent_id == successor or links.filter(ancestor=unit.pk, unit=successor).exists():
            continue
        below = list(links.filter(ancestor=unit.pk).values_list("unit_id", "depth"))
        above = links.filter(unit=unit.pk, depth__gt=0).values_list("ancestor_id", flat=True)
        left = links.filter(unit__in=[pk for pk, _depth in below], ancestor__in=list(above))
        past.objects.bulk_create(
            past(
                ancestor_id=x.ancestor_id,
                unit_id=x.unit_id,
                depth=x.depth,
                until=step.on_date,
                document=step.document,
            )
            for x in left
        )
        left.delete()
        new = list(links.filter(unit=successor).values_list("ancestor_id", "depth"))
        links.bulk_create(
            links.model(ancestor_id=a, unit_id=u, depth=up + down + 1, since=step.on_date)
            for a, up in new
            for u, down in below
        )
        unit_model.objects.filter(pk=unit.pk).update(parent=successor)


class Migration(migrations.Migration):
    dependencies = [("people", "0006_units_over_time")]

    operations = [
        # Backwards: the former places are forgotten with their table, merged units stay where they hang.
        migrations.RunPython(say_how, migrations.RunPython.noop),
        migrations.RunPython(hang_under_successors, migrations.RunPython.noop),
    ]
