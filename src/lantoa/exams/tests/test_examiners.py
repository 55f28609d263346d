from datetime import timedelta
from io import BytesIO
from typing import cast
from zipfile import ZipFile

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.http import FileResponse
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.exams.actions import start_attempt, submit_attempt
from lantoa.exams.models import Answer, Attempt
from lantoa.exams.tests.conftest import DURING, World, answer, enrolled
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit


@pytest.fixture
def examiner(province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    person = make_person("Lê Thị Bình", province)
    grant(person, "examiner", province)
    return signed_in(person)


@pytest.fixture
def crowd(world: World, make_person: MakePerson, commune: Unit) -> dict[str, Attempt]:
    """One passed, one failed, one at work; the world's own person has not begun."""
    attempts = {}
    for name, right in (("=1+1 Đỗ", 10), ("Trần Văn Trượt", 2), ("Lò Thị Làm", None)):
        person = make_person(name, commune)
        enrolment = enrolled(world.cohort, person)
        world.finish_course(enrolment)
        with clock.fixed(DURING):
            attempt = start_attempt(actor=None, person=person, sitting=world.sitting)
            answer(attempt, right or 0)
            if right is not None:
                submit_attempt(actor=person.user, attempt=attempt)
        attempts[name] = attempt
    return attempts


def get(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_list_counts_people(world: World, crowd: dict[str, Attempt], examiner: Client) -> None:
    with clock.fixed(DURING + timedelta(minutes=2)):
        text = get(examiner, "/exams/sittings/")
    assert "1 người đang làm bài" in text
    numbers = [
        text.split(f'data-label="{label}">')[1].split("<")[0]
        for label in ("Thí sinh", "Chưa làm", "Đang làm", "Đã nộp", "Đạt")
    ]
    assert numbers == ["4", "1", "1", "2", "1"]


def test_one_sitting_lists_searches_and_filters_its_attempts(
    world: World, crowd: dict[str, Attempt], examiner: Client
) -> None:
    path = f"/exams/sittings/{world.sitting.pk}/"
    with clock.fixed(DURING + timedelta(minutes=2)):
        assert "1 trên 4 người đã đạt" in get(examiner, path)
        assert get(examiner, path).count('<th scope="row">') == 3
        assert "Lò Thị Làm" in get(examiner, f"{path}?q=lo+thi")
        assert "Trần Văn Trượt" not in get(examiner, f"{path}?q=lo+thi")
        assert get(examiner, f"{path}?state=passed").count('<th scope="row">') == 1
        assert get(examiner, f"{path}?state=failed").count('<th scope="row">') == 1
        assert get(examiner, f"{path}?state=working").count('<th scope="row">') == 1
        assert "Không có bài làm nào khớp" in get(examiner, f"{path}?q=khong+ai")


def test_looking_submits_what_has_run_out_of_time(
    world: World, crowd: dict[str, Attempt], examiner: Client
) -> None:
    with clock.fixed(DURING + timedelta(hours=1)):
        text = get(examiner, f"/exams/sittings/{world.sitting.pk}/?state=failed")
    assert "Lò Thị Làm" in text


def test_the_export_is_text_and_is_audited(
    world: World, crowd: dict[str, Attempt], examiner: Client
) -> None:
    response = examiner.get(f"/exams/sittings/{world.sitting.pk}/results.xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="ket-qua-dot-1.xlsx"'
    book = ZipFile(BytesIO(cast(FileResponse, response).getvalue()))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1 Đỗ" in sheet
    assert "10/10" in sheet
    event = Event.objects.get(action="exams.export_results")
    assert event.data == {"attempts": 3}


def test_an_attempts_log_is_shown_and_checked(crowd: dict[str, Attempt], examiner: Client) -> None:
    attempt = crowd["Trần Văn Trượt"]
    path = f"/exams/attempts/{attempt.public_id}/log/"
    text = get(examiner, path)
    assert "10 lần lưu, chuỗi nguyên vẹn" in text
    assert attempt.bundle.digest in text
    Answer.objects.filter(attempt=attempt, sequence=4).update(response="0", slot=2)
    assert "Chuỗi bị đứt ở lần lưu số 4" in get(examiner, path)


def test_queries_do_not_grow_with_the_attempts(
    world: World,
    crowd: dict[str, Attempt],
    examiner: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with clock.fixed(DURING + timedelta(minutes=2)):
        get(examiner, "/exams/sittings/")
        with django_assert_max_num_queries(12):
            get(examiner, "/exams/sittings/")
        with django_assert_max_num_queries(12):
            get(examiner, f"/exams/sittings/{world.sitting.pk}/")


@pytest.mark.parametrize("who", ["neighbour", "coordinator", "candidate"])
def test_out_of_reach_nothing_exists(
    world: World,
    crowd: dict[str, Attempt],
    who: str,
    province: Unit,
    other_commune: Unit,
    make_person: MakePerson,
    grant: Grant,
    signed_in: SignedIn,
) -> None:
    person: Person = world.person
    if who != "candidate":
        person = make_person("Phạm Văn Cường", other_commune)
        is_neighbour = who == "neighbour"
        grant(
            person,
            "examiner" if is_neighbour else "coordinator",
            other_commune if is_neighbour else province,
        )
    client = signed_in(person)
    attempt = crowd["Trần Văn Trượt"]
    for path in (
        f"/exams/sittings/{world.sitting.pk}/",
        f"/exams/sittings/{world.sitting.pk}/results.xlsx",
        f"/exams/attempts/{attempt.public_id}/log/",
    ):
        assert client.get(path).status_code == 404, path
        assert Client().get(path).status_code == 302, path
    expected = 200 if who == "neighbour" else 404
    assert client.get("/exams/sittings/").status_code == expected
