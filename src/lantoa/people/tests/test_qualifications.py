"""The register of qualifications in information technology: what units write, how it sums up."""

import io

import pytest
from conftest import MakePerson, SignedIn
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from lantoa.audit.models import Event
from lantoa.kernel import clock
from lantoa.people.models import Person, Qualification, Unit
from lantoa.people.queries.qualifications import register_of

MOST_QUERIES = 12
# The real case (domain: a ministry's staff): 241 people, by the highest that each holds.
REAL = {4: 7, 3: 188, 2: 32, 1: 14}
SENT = {"level": "3", "subject": "Khoa học máy tính", "school": "Trường Đại học", "year": "2012"}


def people_of(unit: Unit, count: int, first: int = 0) -> list[Person]:
    return Person.objects.bulk_create(
        Person(unit=unit, given_name=f"Người {n}", sort_key=f"{n:04}", search_key=f"nguoi {n}")
        for n in range(first, first + count)
    )


def write(person: Person, level: int, subject: str = "CNTT") -> Qualification:
    return Qualification.objects.create(person=person, level=level, subject=subject)


@pytest.fixture
def real(province: Unit, commune: Unit, other_commune: Unit) -> list[Person]:
    """In the province's own offices and in two communes."""
    levels = [level for level, count in REAL.items() for _ in range(count)]
    units = (province, commune, other_commune)
    people = [
        person
        for place, unit in enumerate(units)
        for person in people_of(unit, len(levels[place::3]), 1000 * place)
    ]
    order = [level for place in range(3) for level in levels[place::3]]
    for person, level in zip(people, order, strict=True):
        write(person, level)
    return people


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_real_case_sums_up_the_tree(
    real: list[Person], province: Unit, commune: Unit, provincial: Person, signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    told = register_of(province)
    assert told.total.total == 241
    assert {level: told.total.counts[level] for level in REAL} == REAL
    for level in REAL:
        assert sum(row.counts[level] for row in told.rows) == REAL[level]
    assert told.rows[0].unit is None  # its own offices
    assert told.none == []
    client = signed_in(provincial)
    path = f"/people/units/{province.pk}/qualifications"
    client.get(path)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = text(client, path)
    assert "241 người có trình độ công nghệ thông tin" in page
    assert commune.name in page
    assert "188" in page
    assert "7 người" not in page


def test_units_that_have_nobody_are_named_apart(
    real: list[Person], province: Unit, commune: Unit, provincial: Person, signed_in: SignedIn
) -> None:
    Qualification.objects.filter(person__unit=commune).delete()
    told = register_of(province)
    assert told.none == [commune]
    assert commune not in [row.unit for row in told.rows]
    page = text(signed_in(provincial), f"/people/units/{province.pk}/qualifications")
    assert "1 đơn vị chưa có ai trong sổ" in page


def test_one_counts_once_by_the_highest_and_not_after_leaving(
    real: list[Person], province: Unit
) -> None:
    write(real[0], 5, "Trí tuệ nhân tạo")
    write(real[0], 1, "Tin học văn phòng")
    told = register_of(province).total
    assert (told.total, told.counts[5], told.counts[4]) == (241, 1, 6)
    Person.objects.filter(pk=real[0].pk).update(left_on=clock.today())
    told = register_of(province).total
    assert (told.total, told.counts[5]) == (240, 0)


def test_the_people_are_found_filtered_and_taken_along(
    real: list[Person], province: Unit, provincial: Person, signed_in: SignedIn
) -> None:
    client = signed_in(provincial)
    path = f"/people/units/{province.pk}/qualifications"
    masters = text(client, f"{path}?level=4")
    assert masters.count('data-label="Trình độ"') == 7
    assert "Không có ai khớp" in text(client, f"{path}?q=khong+ai")
    export = client.get(f"{path}.xlsx?level=4")
    data = b"".join(export.streaming_content)  # type: ignore[attr-defined]
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[5] for row in rows if row[0] in range(1, 300)] == ["Thạc sĩ"] * 7
    assert Event.objects.filter(action="people.export_persons").get().data["count"] == 7


def test_a_unit_writes_corrects_and_takes_out(
    coordinator: Person, learner: Person, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    page, add = f"/people/persons/{learner.pk}/", f"/people/persons/{learner.pk}/qualifications"
    assert "Chưa ghi bằng cấp nào" in text(client, page)
    assert client.post(add, SENT).headers["Location"] == page
    assert "Khoa học máy tính" in text(client, page)
    again = client.post(add, {**SENT, "subject": "khoa học máy tính"}).content.decode()
    assert "Bằng cấp này đã được ghi." in again
    assert 'value="Trường Đại học"' in again
    noted = Qualification.objects.get()
    client.post(f"/people/qualifications/{noted.pk}/edit", {**SENT, "level": "4"})
    noted.refresh_from_db()
    assert noted.level == Qualification.Level.MASTER
    remove = f"/people/qualifications/{noted.pk}/remove"
    assert "Xóa “Thạc sĩ Khoa học máy tính”" in text(client, remove)
    client.post(remove)
    assert not Qualification.objects.exists()
    told = text(client, page)
    for words in ("Ghi trình độ CNTT", "Sửa trình độ CNTT", "Xóa trình độ CNTT"):
        assert words in told


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"subject": ""}, "Ngành đào tạo"),
        ({"year": "1949"}, "1950"),
        ({"year": "2090"}, "Năm này chưa tới."),
        ({"year": "hai nghìn"}, "số nguyên"),
        ({"level": "9"}, "9"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    coordinator: Person, learner: Person, signed_in: SignedIn, wrong: dict[str, str], sentence: str
) -> None:
    path = f"/people/persons/{learner.pk}/qualifications"
    page = signed_in(coordinator).post(path, {**SENT, **wrong}).content.decode()
    assert sentence in page
    assert 'value="Trường Đại học"' in page
    assert not Qualification.objects.exists()


def test_beside_ones_units_nothing_exists(
    neighbour: Person, learner: Person, commune: Unit, signed_in: SignedIn
) -> None:
    noted, client = write(learner, 3), signed_in(neighbour)
    for path in (
        f"/people/units/{commune.pk}/qualifications",
        f"/people/units/{commune.pk}/qualifications.xlsx",
        f"/people/persons/{learner.pk}/qualifications",
        f"/people/qualifications/{noted.pk}/edit",
        f"/people/qualifications/{noted.pk}/remove",
    ):
        assert client.get(path).status_code == 404, path
    client.post(f"/people/qualifications/{noted.pk}/remove")
    assert Qualification.objects.filter(pk=noted.pk).exists()


@pytest.mark.parametrize("values", [{"level": 6}, {"level": 3, "year": 1949}])
def test_the_database_refuses_it_too(learner: Person, values: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Qualification.objects.create(person=learner, subject="CNTT", **values)
    write(learner, 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(learner, 3)


def test_a_page_of_nobody_says_how_to_begin(
    make_person: MakePerson, commune: Unit, coordinator: Person, signed_in: SignedIn
) -> None:
    page = text(signed_in(coordinator), f"/people/units/{commune.pk}/qualifications")
    assert "Sổ chưa có ai" in page
