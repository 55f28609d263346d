"""The tree, search by today's and former names, and shaping units, by who is asking."""

from datetime import date

from conftest import MakePerson, SignedIn
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.rename_unit import rename_unit
from lantoa.people.models import Person, Unit, UnitLink, UnitPredecessor

MOST_QUERIES = 12


def text(client: Client, name: str, *args: int, **query: str) -> str:
    response = client.get(reverse(f"people:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def former(name: str, place: str, successor: Unit) -> Unit:
    old = create_unit(actor=None, code="", kind="commune", name=name, parent=None)
    old.ended_on, old.former_place = date(2025, 7, 1), place
    old.save()
    UnitPredecessor.objects.create(unit=successor, predecessor=old, on_date=date(2025, 7, 1))
    return old


def test_the_tree_begins_where_the_reach_begins(
    coordinator: Person, provincial: Person, other_commune: Unit, signed_in: SignedIn
) -> None:
    own = text(signed_in(coordinator), "units")
    assert "Xã Phú Đình" in own
    assert "Xã Văn Hán" not in own
    assert "Tỉnh Thái Nguyên" not in own
    whole = text(signed_in(provincial), "units")
    assert "Tỉnh Thái Nguyên" in whole
    assert "Xã Văn Hán" in whole


def test_levels_open_lazily_with_their_people_counted(
    provincial: Person, commune: Unit, learner: Person, make_person: MakePerson,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    school = create_unit(actor=None, code="", kind="agency", name="Trường Tiểu học", parent=commune)
    make_person("Ma Thị Ban", school)
    make_person("Ma Thị Ca", school, left_on=date(2025, 1, 1))
    client = signed_in(provincial)
    assert "Trường Tiểu học" not in text(client, "units")
    assert reverse("people:unit-children", args=[commune.pk]) in text(client, "units")
    assert "2 người" in text(client, "units")  # in the commune: the learner and the teacher
    branch = text(client, "unit-children", commune.pk)
    assert "Trường Tiểu học" in branch
    assert "1 người" in branch


def test_units_are_found_without_accents_and_by_former_names(
    provincial: Person, commune: Unit, other_commune: Unit, signed_in: SignedIn
) -> None:
    former("Thị trấn Chợ Chu", "Huyện Định Hóa, Tỉnh Thái Nguyên", commune)
    client = signed_in(provincial)
    assert "Xã Phú Đình" in text(client, "units", q="phu dinh")
    assert "Xã Phú Đình" in text(client, "units", q="05440")
    found = text(client, "units", q="cho chu")
    assert "Thị trấn Chợ Chu cũ" in found
    assert "nay thuộc" in found
    assert "Không tìm thấy" in text(client, "units", q="không đâu có")
    assert "Xã Phú Đình" not in text(client, "units", kind="agency")


def test_a_former_unit_is_seen_by_those_of_its_successor(
    coordinator: Person, neighbour: Person, commune: Unit, signed_in: SignedIn
) -> None:
    old = former("Thị trấn Chợ Chu", "Huyện Định Hóa, Tỉnh Thái Nguyên", commune)
    page = text(signed_in(coordinator), "unit", old.pk)
    assert "Nay thuộc" in page
    assert "Huyện Định Hóa" in page
    url = reverse("people:unit", args=[old.pk])
    assert signed_in(neighbour).get(url).status_code == 404
    assert signed_in(coordinator).get(f"{url}edit").status_code == 404


def test_a_unit_shows_how_it_came_to_be(
    coordinator: Person, commune: Unit, signed_in: SignedIn
) -> None:
    rename_unit(
        actor=coordinator.user, unit=commune, name="Phường Phú Đình", on_date=date(2026, 4, 30),
        document="NQ 237",
    )  # fmt: skip
    page = text(signed_in(coordinator), "unit", commune.pk)
    for words in ("Phường Phú Đình", "Xã Phú Đình", "đến 30/04/2026", "NQ 237", "Đổi tên",
                  "Nguyễn Thị Hằng", "Đầu mối"):  # fmt: skip
        assert words in page, words


def test_a_coordinator_adds_an_agency_under_a_unit(
    coordinator: Person, commune: Unit, signed_in: SignedIn
) -> None:
    client, url = signed_in(coordinator), reverse("people:unit-add", args=[commune.pk])
    data = {"name": "Trạm Y tế xã", "code": "H55.242", "founded_on": "01/07/2025"}
    assert client.post(url, data).status_code == 302
    station = Unit.objects.get(code="H55.242")
    assert (station.parent, station.kind, station.prefix) == (commune, "agency", "Trạm")
    assert UnitLink.objects.filter(unit=station).count() == 4
    again = client.post(url, {**data, "founded_on": "1/13/2025"}).content.decode()
    assert "đang là mã của một đơn vị khác" in again
    assert "dd/mm/yyyy" in again
    assert "Trạm Y tế xã" in again  # what was typed stays
    assert client.post(url, {"name": "Một"}).status_code == 302
    assert client.post(url, {"name": "Hai"}).status_code == 302  # two units without a code


def test_names_of_communes_are_the_administrators(
    coordinator: Person, administrator: Person, commune: Unit, signed_in: SignedIn
) -> None:
    url = reverse("people:unit-edit", args=[commune.pk])
    changed = {"name": "Phường A", "code": "05440", "is_remote": "on"}
    signed_in(coordinator).post(url, changed)
    commune.refresh_from_db()
    assert (commune.name, commune.is_remote) == ("Xã Phú Đình", True)
    renamed = {**changed, "renamed_on": "30/04/2026", "document": "NQ 1"}
    signed_in(administrator).post(url, renamed)
    commune.refresh_from_db()
    assert commune.name == "Phường A"
    assert commune.predecessors.get().predecessor.name == "Xã Phú Đình"


def test_an_agency_moves_within_the_reach_only(
    coordinator: Person, provincial: Person, commune: Unit, other_commune: Unit,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    school = create_unit(actor=None, code="T1", kind="agency", name="Trường A", parent=commune)
    url = reverse("people:unit-edit", args=[school.pk])
    data = {"name": "Trường A", "code": "T1", "parent": "05441 · Xã Văn Hán"}
    refused = signed_in(coordinator).post(url, data).content.decode()
    assert "Không có đơn vị này trong phạm vi" in refused
    assert signed_in(provincial).post(url, data).status_code == 302
    school.refresh_from_db()
    assert school.parent == other_commune
    under_itself = signed_in(provincial).post(url, {**data, "parent": "T1"}).content.decode()
    assert "dưới chính nó" in under_itself


def test_ending_an_agency_asks_where_its_people_go(
    coordinator: Person, commune: Unit, make_person: MakePerson, signed_in: SignedIn
) -> None:
    school = create_unit(actor=None, code="T1", kind="agency", name="Trường A", parent=commune)
    teacher = make_person("Ma Thị Ban", school)
    client, url = signed_in(coordinator), reverse("people:unit-end", args=[school.pk])
    assert "tiếp nhận" in client.post(url, {"ended_on": "01/03/2026"}).content.decode()
    done = client.post(url, {"ended_on": "01/03/2026", "successor": "Phú Đình"})
    assert done.status_code == 302
    teacher.refresh_from_db()
    assert teacher.unit == commune
    text(client, "units")  # says once that it is done
    assert "Trường A" not in text(client, "units")


def test_the_unit_field_proposes_units_in_reach(
    provincial: Person, commune: Unit, other_commune: Unit, signed_in: SignedIn
) -> None:
    options = text(signed_in(provincial), "unit-options", parent="xa")
    assert "05440 · Xã Phú Đình" in options
    assert "05441 · Xã Văn Hán" in options


def test_unit_pages_ask_few_questions(
    provincial: Person, province: Unit, commune: Unit, signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(30):
        create_unit(
            actor=None, code=f"0{number}", kind="agency", name=f"Sở {number}", parent=province
        )
    client = signed_in(provincial)
    for url in ("/people/units/", "/people/units/?q=so", f"/people/units/{commune.pk}/children"):
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(url)
    with django_assert_max_num_queries(18):
        client.get(reverse("people:unit", args=[province.pk]))
