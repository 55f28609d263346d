"""Units that merged before there was a past stand under their heirs afterwards, and still stood
where they stood; former names are told from mergers."""

from datetime import date
from importlib import import_module

from django.apps import apps

from lantoa.people.actions.closure import link_under_parents
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Unit, UnitLink, UnitPredecessor
from lantoa.people.queries.over_time import below_then

migration = import_module("lantoa.people.migrations.0007_merged_units_under_their_heirs")
JUNE, MAY = date(2026, 6, 1), date(2026, 5, 1)


def became(unit: Unit, former: Unit, on: date = JUNE) -> UnitPredecessor:
    return UnitPredecessor.objects.create(unit=unit, predecessor=former, on_date=on)


def test_what_merged_hangs_under_its_heir(
    province: Unit, commune: Unit, other_commune: Unit
) -> None:
    office = create_unit(actor=None, code="VP", kind="agency", name="Văn phòng", parent=commune)
    Unit.objects.filter(pk=commune.pk).update(ended_on=JUNE)
    became(other_commune, commune)
    migration.say_how(apps, None)
    migration.hang_under_successors(apps, None)
    commune.refresh_from_db()
    assert commune.parent == other_commune
    above = UnitLink.objects.filter(unit=office).values_list("ancestor__code", "depth")
    assert set(above) == {("VP", 0), ("05440", 1), ("05441", 2), ("19", 3), ("VN", 4)}
    assert below_then(other_commune, MAY) == {other_commune.pk}
    assert below_then(province, MAY, depth=1) == {commune.pk, other_commune.pk}
    links = UnitLink.objects.count()
    migration.hang_under_successors(apps, None)
    assert UnitLink.objects.count() == links


def test_former_names_and_splits_are_told_apart(
    province: Unit, commune: Unit, other_commune: Unit
) -> None:
    Unit.objects.filter(pk=commune.pk).update(founded_on=JUNE)
    former = Unit.objects.create(
        code=commune.code, kind="commune", name="Xã cũ", ended_on=JUNE, sort_key="x", search_key="x"
    )
    divided = Unit.objects.create(
        code="1", kind="commune", name="Xã chia", ended_on=JUNE, sort_key="x", search_key="x",
        parent=province,
    )  # fmt: skip
    link_under_parents([divided])
    became(commune, former)
    became(commune, divided)
    became(other_commune, divided)
    migration.say_how(apps, None)
    how = {(p.predecessor_id, p.unit_id): p.how for p in UnitPredecessor.objects.all()}
    assert how == {
        (former.pk, commune.pk): "renamed",
        (divided.pk, commune.pk): "split",
        (divided.pk, other_commune.pk): "split",
    }
