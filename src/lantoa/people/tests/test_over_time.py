"""The tree of any day: moved, merged and renamed units as they stood and were called then."""

from datetime import date

import pytest

from lantoa.people.actions.change_unit import end_unit, move_unit
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.rename_unit import rename_unit
from lantoa.people.models import PastUnitLink, Unit, UnitLink, UnitPredecessor
from lantoa.people.queries.over_time import below_then, has_past, names_then
from lantoa.people.rules.units import UnitRefused

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def agency(code: str, parent: Unit) -> Unit:
    return create_unit(actor=None, code=code, kind="agency", name="Trạm Y tế", parent=parent)


def test_a_moved_unit_stood_elsewhere_before(commune: Unit, other_commune: Unit) -> None:
    centre = agency("TT", commune)
    station = agency("TR", centre)
    move_unit(actor=None, unit=centre, parent=other_commune, on_date=JUNE, document="QĐ 9")
    assert below_then(commune, MAY) == {commune.pk, centre.pk, station.pk}
    assert below_then(commune, MAY, depth=1) == {centre.pk}
    assert below_then(commune, JUNE) == {commune.pk}
    assert below_then(other_commune, JUNE) == {other_commune.pk, centre.pk, station.pk}
    assert below_then(other_commune, MAY) == {other_commune.pk}
    assert below_then(centre, MAY) == below_then(centre, JULY) == {centre.pk, station.pk}
    assert set(PastUnitLink.objects.values_list("document", flat=True)) == {"QĐ 9"}
    assert has_past(commune)
    assert has_past(other_commune)
    with pytest.raises(UnitRefused):
        move_unit(actor=None, unit=centre, parent=commune, on_date=MAY)


def test_a_move_of_one_day_leaves_no_trace_in_the_tree(commune: Unit, other_commune: Unit) -> None:
    centre = agency("TT", commune)
    move_unit(actor=None, unit=centre, parent=other_commune, on_date=JUNE)
    move_unit(actor=None, unit=centre, parent=commune, on_date=JUNE)
    assert not below_then(other_commune, JUNE) - {other_commune.pk}
    assert centre.pk in below_then(commune, MAY)
    assert centre.pk in below_then(commune, JULY)


def test_a_merged_unit_stands_under_its_heir(commune: Unit, other_commune: Unit) -> None:
    centre = agency("TT", commune)
    end_unit(actor=None, unit=commune, ended_on=JUNE, successor=other_commune, document="NQ 5")
    found = UnitLink.objects.filter(unit=commune).values_list("ancestor__code", "depth")
    assert set(found) == {("05440", 0), ("05441", 1), ("19", 2), ("VN", 3)}
    assert UnitLink.objects.filter(unit=centre, ancestor=other_commune, depth=1).exists()
    assert not UnitLink.objects.filter(unit=centre, ancestor=commune).exists()
    province = Unit.objects.get(code="19")
    assert below_then(province, MAY, depth=1) == {commune.pk, other_commune.pk}
    assert below_then(commune, MAY) == {commune.pk, centre.pk}
    assert below_then(province, JUNE, depth=1) == {other_commune.pk}


def test_former_names(commune: Unit) -> None:
    commune.founded_on = date(2025, 7, 1)
    commune.save()
    rename_unit(actor=None, unit=commune, name="Phường Phú Đình", on_date=JUNE)
    assert names_then([commune], MAY) == {commune.pk: "Xã Phú Đình"}
    assert names_then([commune], JUNE) == {}
    assert names_then([commune], date(2024, 1, 1)) == {}
    assert commune.predecessors.get().how == UnitPredecessor.How.RENAMED
