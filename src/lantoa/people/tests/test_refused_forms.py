"""What people type wrong into the forms about posts, roles and units: a sentence beside the field,
what was typed stays, and nothing has happened."""

from datetime import date

import pytest
from conftest import MakePerson, SignedIn
from django.test import Client
from django.urls import reverse

from lantoa.audit.models import Event
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, Post, RoleGrant, Unit

BEGAN = "2026-02-01"


@pytest.fixture
def client(provincial: Person, signed_in: SignedIn) -> Client:
    return signed_in(provincial)


@pytest.fixture
def worker(learner: Person, commune: Unit) -> Person:
    """Somebody whose present post began on a known day."""
    Post.objects.filter(person=learner).delete()
    Post.objects.create(person=learner, unit=commune, since=BEGAN)
    return learner


def _errors(page: str, field: str) -> str:
    """What is said beside a field."""
    found = page.partition(f'id="id_{field}_error"')[2]
    return found.partition("</ul>")[0]


def _stands(person: Person) -> list[tuple[str, object]]:
    rows = Post.objects.filter(person=person).values_list("since", "until")
    return [(str(since), until) for since, until in rows]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"unit": "Nơi không có"}, "unit", "Không có đơn vị này"),
        ({"on_date": "31/02/2026"}, "on_date", "dd/mm/yyyy"),
        ({"on_date": "01/01/2026"}, "on_date", "phải sau ngày bắt đầu vị trí hiện nay"),
        ({"on_date": "01/03/0026"}, "on_date", "Năm phải từ 1900 đến 2100"),
        ({"on_date": "01/03/9999"}, "on_date", "Năm phải từ 1900 đến 2100"),
    ],
)
def test_a_transfer(
    worker: Person, other_commune: Unit, client: Client, typed: dict[str, str], field: str,
    words: str,
) -> None:  # fmt: skip
    data = {"unit": "05441", "title": "Phó Chủ tịch", "on_date": "01/03/2026", **typed}
    page = client.post(reverse("people:transfer", args=[worker.pk]), data).content.decode()
    assert words in _errors(page, field)
    assert all(f'value="{value}"' in page for value in data.values())
    assert _stands(worker) == [(BEGAN, None)]
    assert not Event.objects.filter(action="people.transfer_person").exists()


def test_who_has_left_is_not_transferred(
    worker: Person, other_commune: Unit, client: Client
) -> None:
    client.post(reverse("people:leave", args=[worker.pk]), {"left_on": "01/03/2026"})
    data = {"unit": "05441", "title": "", "on_date": "01/04/2026"}
    page = client.post(reverse("people:transfer", args=[worker.pk]), data).content.decode()
    assert "đã thôi việc" in page
    worker.refresh_from_db()
    assert worker.unit_id != other_commune.pk


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("hôm qua", "dd/mm/yyyy"),
        ("01/01/2031", "không thể ở tương lai"),
        ("01/03/2016", "trước ngày bắt đầu vị trí hiện nay (01/02/2026)"),
        ("01/03/0026", "Năm phải từ 1900 đến 2100"),
    ],
)
def test_leaving(worker: Person, client: Client, typed: str, words: str) -> None:
    leave = reverse("people:leave", args=[worker.pk])
    page = client.post(leave, {"left_on": typed}).content.decode()
    assert words in _errors(page, "left_on")
    assert f'value="{typed}"' in page
    worker.refresh_from_db()
    assert worker.left_on is None
    assert worker.user is not None
    assert worker.user.closed_at is None
    assert _stands(worker) == [(BEGAN, None)]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"ends_on": "31/12/2025"}, "ends_on", "phải sau ngày bắt đầu"),
        ({"ends_on": "31/12/9999"}, "ends_on", "Năm phải từ 2000 đến 2100"),
        ({"starts_on": "01/01/0001"}, "starts_on", "Năm phải từ 2000 đến 2100"),
        ({"unit": "Nơi không có"}, "unit", "Không có đơn vị này"),
        ({"role": "administrator"}, "role", "Hãy chọn"),
    ],
)
def test_a_role(
    worker: Person, client: Client, typed: dict[str, str], field: str, words: str
) -> None:
    data = {"role": "author", "unit": "05440", "starts_on": "01/01/2026", "ends_on": "", **typed}
    page = client.post(reverse("people:grant", args=[worker.pk]), data).content.decode()
    assert words in _errors(page, field)
    kept = [value for name, value in data.items() if name != "role" and value]
    assert all(f'value="{value}"' in page for value in kept)
    assert not RoleGrant.objects.filter(user=worker.user).exists()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"renamed_on": "ngày mai"}, "renamed_on", "dd/mm/yyyy"),
        ({"renamed_on": "01/07/0225"}, "renamed_on", "Năm phải từ 1900 đến 2100"),
        ({"code": "05441"}, "code", "đang là mã của một đơn vị khác"),
        ({"name": ""}, "name", "Hãy điền mục này"),
    ],
)
def test_a_units_change(
    administrator: Person, commune: Unit, other_commune: Unit, signed_in: SignedIn,
    typed: dict[str, str], field: str, words: str,
) -> None:  # fmt: skip
    data = {"name": "Phường Mới", "code": "05440", "document": "NQ 9/2026", **typed}
    url = reverse("people:unit-edit", args=[commune.pk])
    page = signed_in(administrator).post(url, data).content.decode()
    assert words in _errors(page, field)
    assert all(f'value="{value}"' in page for value in data.values() if value)
    before = (commune.name, commune.code)
    commune.refresh_from_db()
    assert (commune.name, commune.code) == before


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"ended_on": "01/07/2025"}, "ended_on", "phải sau ngày đơn vị bắt đầu"),
        ({"ended_on": ""}, "ended_on", "Hãy điền mục này"),
        ({"successor": "Trường A"}, "successor", "Không có đơn vị này"),
        ({"successor": ""}, "successor", "Hãy chọn đơn vị tiếp nhận"),
    ],
)
def test_a_units_end(
    commune: Unit, make_person: MakePerson, client: Client, typed: dict[str, str], field: str,
    words: str,
) -> None:  # fmt: skip
    school = create_unit(
        actor=None, code="T1", kind="agency", name="Trường A", parent=commune,
        founded_on=date(2025, 8, 1),
    )  # fmt: skip
    make_person("Ma Thị Ban", school)
    data = {"ended_on": "01/03/2026", "successor": "05440", "document": "QĐ 1", **typed}
    page = client.post(reverse("people:unit-end", args=[school.pk]), data).content.decode()
    assert words in _errors(page, field)
    assert all(f'value="{value}"' in page for value in data.values() if value)
    school.refresh_from_db()
    assert school.ended_on is None
    assert Person.objects.get(unit=school).left_on is None
