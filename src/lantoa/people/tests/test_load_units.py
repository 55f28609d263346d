"""The administrative units, loaded from the installed package."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lantoa.audit.models import Event
from lantoa.kernel import clock
from lantoa.kernel.text import nfc
from lantoa.people.actions.load_units import apply_unit_changes, load_units
from lantoa.people.models import Unit, UnitLink, UnitPredecessor
from lantoa.people.rules.catalogue import CatalogueUnreadable, read_catalogue

BEFORE_CHANGES = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
BETWEEN_CHANGES = datetime(2026, 5, 15, 3, 0, tzinfo=UTC)
AFTER_CHANGES = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


def live(code: str) -> Unit:
    return Unit.objects.get(code=code, ended_on=None)


@pytest.mark.django_db
def test_all_units_of_the_country_stand_in_the_tree() -> None:
    with clock.fixed(BEFORE_CHANGES):
        loaded = load_units()
    now = Unit.objects.filter(ended_on=None)
    assert now.filter(kind="province").count() == 34
    assert now.filter(kind="commune").count() == 3321
    assert loaded["changes"] == 0
    thai_nguyen = live("19")
    assert (thai_nguyen.name, thai_nguyen.prefix) == ("Tỉnh Thái Nguyên", "Tỉnh")
    assert live("01").name == "Thành phố Hà Nội"
    assert str(thai_nguyen.founded_on) == "2025-07-01"
    assert UnitLink.objects.filter(ancestor=live("VN")).count() == 1 + 34 + 3321
    assert UnitLink.objects.filter(unit=live("05569")).count() == 3
    kinds = set(now.filter(kind="commune").values_list("prefix", flat=True))
    assert kinds == {"Xã", "Phường", "Đặc khu"}
    assert not [u.name for u in Unit.objects.all() if nfc(u.name) != u.name or "’" in u.name]
    assert {u.name for u in now.filter(prefix="Đặc khu")} >= {
        "Đặc khu Hoàng Sa",
        "Đặc khu Trường Sa",
    }


@pytest.mark.django_db
def test_the_communes_of_before_lead_to_those_of_now() -> None:
    load_units()
    old = Unit.objects.get(name="Xã Bảo Linh", former_place="Huyện Định Hóa, Tỉnh Thái Nguyên")
    assert (old.code, str(old.ended_on)) == ("05554", "2025-07-01")
    assert [s.unit.code for s in old.successors.select_related("unit")] == ["05569"]
    # Its new commune's code in the package is another province's; its name is right.
    ky_ninh = Unit.objects.get(name="Xã Kỳ Ninh", former_place__startswith="Thị xã Kỳ Anh")
    assert [s.unit.name for s in ky_ninh.successors.select_related("unit")] == ["Phường Hải Ninh"]
    # Every commune has somebody before it, but five islands and one commune left as it was.
    without = Unit.objects.filter(kind="commune", ended_on=None, predecessors=None)
    assert without.count() == 6
    assert UnitPredecessor.objects.filter(on_date="2025-07-01").count() > 10_800


@pytest.mark.django_db
def test_wrong_codes_of_the_package_are_corrected() -> None:
    load_units()
    assert live("06978").name == "Xã Ba Chẽ"
    assert live("23938").name == "Xã Ia Mơ"
    assert not Unit.objects.filter(code="23737", ended_on=None).exists()


@pytest.mark.django_db
def test_later_changes_come_into_force_on_their_day() -> None:
    with clock.fixed(BEFORE_CHANGES):
        load_units()
        assert live("25270").name == "Xã Lộc Ninh"
        unit_id = live("25270").pk
    with clock.fixed(BETWEEN_CHANGES):
        assert load_units()["changes"] == 11
        assert live("25270").name == "Phường Lộc Ninh"
        assert live("75").name == "Thành phố Đồng Nai"
        assert live("22").name == "Tỉnh Quảng Ninh"
    with clock.fixed(AFTER_CHANGES):
        assert apply_unit_changes() == 2
        assert live("22").name == "Thành phố Quảng Ninh"
    ward = live("25270")
    assert (ward.pk, ward.prefix, str(ward.founded_on)) == (unit_id, "Phường", "2026-04-30")
    before = ward.predecessors.select_related("predecessor").get(document="NQ 237/NQ-UBTVQH16")
    assert before.predecessor.name == "Xã Lộc Ninh"
    assert str(before.predecessor.founded_on) == "2025-07-01"
    assert str(before.predecessor.ended_on) == "2026-04-30"
    assert Event.objects.filter(action="people.rename_unit", object_id=str(ward.pk)).exists()


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_says_nothing() -> None:
    load_units()
    counts = Unit.objects.count(), UnitLink.objects.count(), UnitPredecessor.objects.count()
    events = Event.objects.count()
    assert not any(load_units().values())
    assert counts == (
        Unit.objects.count(),
        UnitLink.objects.count(),
        UnitPredecessor.objects.count(),
    )
    assert Event.objects.count() == events


@pytest.mark.django_db
def test_loading_is_one_event_with_its_figures() -> None:
    load_units()
    event = Event.objects.get(action="people.load_units")
    assert event.data["communes"] == 3321


@pytest.mark.django_db
def test_a_file_that_is_not_the_catalogue_is_refused_whole(tmp_path: Path) -> None:
    for number, text in enumerate(("", "[]", '[{"name": "provinces", "data": [1]}]', "{}")):
        path = tmp_path / f"{number}.json"
        path.write_text(text)
        with pytest.raises(CatalogueUnreadable):
            load_units(path=path)
        with pytest.raises(CommandError, match="Không đọc được"):
            call_command("load_units", path=path)
    with pytest.raises(CatalogueUnreadable):
        load_units(path=tmp_path / "missing.json")
    assert not Unit.objects.exists()


def test_spellings_are_made_one() -> None:
    wards = [
        {"ward_code": "00001", "name": "Xã Ea H’Leo", "province_code": "66"},
        {"ward_code": "00002", "name": "Xã Dương Hoà", "province_code": "66"},
        {"ward_code": "00003", "name": "Xã Nậm Nèn", "province_code": "66"},
    ]
    provinces = [{"province_code": "66", "name": "Đắk Lắk"}]
    tables = {"provinces": provinces, "wards": wards, "ward_mappings": []}
    text = json.dumps([{"name": name, "data": data} for name, data in tables.items()])
    names = [c.name for c in read_catalogue(text).communes]
    assert names == ["Xã Ea H'Leo", "Xã Dương Hòa", "Xã Nậm Nèn"]
    assert read_catalogue(text).provinces[0].name == "Tỉnh Đắk Lắk"
