"""The tree and its history: founding, renaming, moving, merging, ending."""

from datetime import date

import pytest
from conftest import MakePerson

from lantoa.audit.models import Event
from lantoa.people.actions.change_unit import change_unit, end_unit, move_unit
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.rename_unit import rename_unit
from lantoa.people.models import Person, Post, Unit, UnitLink
from lantoa.people.rules.units import UnitRefused


def links(unit: Unit) -> set[tuple[str, int]]:
    found = UnitLink.objects.filter(unit=unit).select_related("ancestor")
    return {(link.ancestor.code, link.depth) for link in found}


def agency(code: str, parent: Unit, name: str = "Trung tâm Y tế") -> Unit:
    return create_unit(actor=None, code=code, kind="agency", name=name, parent=parent)


def test_moving_a_unit_takes_its_subtree_along(
    commune: Unit, other_commune: Unit, province: Unit
) -> None:
    centre = agency("TT", commune)
    station = agency("TR", centre, "Trạm Y tế")
    move_unit(actor=None, unit=centre, parent=other_commune)
    assert links(station) == {("TR", 0), ("TT", 1), ("05441", 2), ("19", 3), ("VN", 4)}
    assert links(centre) == {("TT", 0), ("05441", 1), ("19", 2), ("VN", 3)}
    move_unit(actor=None, unit=centre, parent=province)
    assert links(station) == {("TR", 0), ("TT", 1), ("19", 2), ("VN", 3)}
    assert links(commune) == {("05440", 0), ("19", 1), ("VN", 2)}
    assert Event.objects.filter(action="people.move_unit").count() == 2


def test_a_unit_cannot_stand_under_itself(commune: Unit, province: Unit) -> None:
    with pytest.raises(UnitRefused):
        move_unit(actor=None, unit=province, parent=commune)
    with pytest.raises(UnitRefused):
        move_unit(actor=None, unit=province, parent=province)


def test_a_renamed_unit_keeps_its_code_and_its_history(commune: Unit) -> None:
    commune.founded_on = date(2025, 7, 1)
    commune.save()
    rename_unit(
        actor=None, unit=commune, name="Phường Phú Đình", on_date=date(2026, 4, 30), document="NQ 1"
    )
    commune.refresh_from_db()
    assert (commune.name, commune.prefix, commune.code) == ("Phường Phú Đình", "Phường", "05440")
    former = commune.predecessors.get().predecessor
    assert (former.name, former.ended_on) == ("Xã Phú Đình", date(2026, 4, 30))
    with pytest.raises(UnitRefused):
        rename_unit(actor=None, unit=commune, name="Xã A", on_date=date(2026, 4, 30))


def test_a_correction_leaves_no_former_name(commune: Unit, other_commune: Unit) -> None:
    changed = change_unit(
        actor=None, unit=commune, name="Xã  Phú  Ðình A", code="05440", is_remote=True
    )
    assert changed == ["name", "is_remote"]
    assert (commune.name, commune.search_key) == ("Xã Phú Đình A", "xa phu dinh a")
    assert not commune.predecessors.exists()
    with pytest.raises(UnitRefused):
        change_unit(actor=None, unit=commune, name="Xã A", code="05441", is_remote=True)


def test_ending_needs_a_place_for_the_people(
    commune: Unit, other_commune: Unit, make_person: MakePerson
) -> None:
    person = make_person("Nguyễn Văn An", commune, title="Chủ tịch")
    Post.objects.create(person=person, unit=commune, title="Chủ tịch", since=date(2025, 7, 1))
    gone = make_person("Trần Thị Bé", commune, left_on=date(2025, 12, 1))
    centre = agency("TT", commune)
    with pytest.raises(UnitRefused, match="tiếp nhận"):
        end_unit(actor=None, unit=commune, ended_on=date(2026, 6, 1))
    with pytest.raises(UnitRefused):
        end_unit(actor=None, unit=commune, ended_on=date(2026, 6, 1), successor=centre)
    end_unit(
        actor=None,
        unit=commune,
        ended_on=date(2026, 6, 1),
        successor=other_commune,
        document="NQ 5",
    )
    person.refresh_from_db()
    assert person.unit == other_commune
    assert [(p.unit, p.until) for p in person.posts.order_by("since")] == [
        (commune, date(2026, 6, 1)),
        (other_commune, None),
    ]
    assert Person.objects.get(pk=gone.pk).unit == commune
    centre.refresh_from_db()
    assert centre.parent == other_commune
    assert other_commune.predecessors.get().document == "NQ 5"
    commune.refresh_from_db()
    assert commune.ended_on == date(2026, 6, 1)


def test_an_empty_unit_ends_alone(commune: Unit) -> None:
    end_unit(actor=None, unit=commune, ended_on=date(2026, 6, 1))
    assert Unit.objects.get(pk=commune.pk).former_place == "Tỉnh Thái Nguyên"
    with pytest.raises(UnitRefused):
        end_unit(actor=None, unit=commune, ended_on=date(2026, 7, 1))
