"""Marking by people: who gets what, what two or three agree on, what nobody may see."""

from datetime import timedelta

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.exams.actions.duties import give_duty
from lantoa.exams.actions.marking import finish_mark, give_back, take_next
from lantoa.exams.actions.markings import open_markings
from lantoa.exams.models import Duty, Mark, Marking, Result, ResultChange, Upload
from lantoa.exams.queries.marking import alias_of
from lantoa.exams.refusals import AlreadyMarked
from lantoa.exams.tests.by_people import Written, page, prepare, put_on, written
from lantoa.exams.tests.conftest import DURING, World
from lantoa.files.models import StoredFile
from lantoa.kernel import clock
from lantoa.notices.models import Notice
from lantoa.people.models import Person, Unit
from lantoa.programmes.models import Outcome

LATER = DURING + timedelta(hours=2)
TEXTS = ["Bài một " * 20, "Bài hai " * 20, "Bài ba " * 20]


@pytest.fixture
def essays(world: World, make_person: MakePerson, commune: Unit) -> Written:
    prepare(world)
    made = written(world, make_person, commune, TEXTS)
    open_markings(sitting=made.sitting, actor=None)
    return made


@pytest.fixture
def markers(essays: Written, make_person: MakePerson, province: Unit) -> list[Person]:
    people = [make_person(f"Người Chấm {n}", province) for n in "ABC"]
    for person in people:
        put_on(essays.sitting, person, Duty.Role.MARKER)
    return people


def finish(person: Person, essays: Written, rubric: list[int]) -> Mark:
    """The next answer, marked."""
    assert person.user is not None
    mark = take_next(actor=person.user, sitting=essays.sitting)
    assert mark is not None
    finish_mark(actor=person.user, mark=mark, rubric=rubric, comment="")
    return mark


def test_before_marking_nobody_has_passed_and_nothing_is_told(essays: Written) -> None:
    result = Result.objects.get(attempt=essays.attempts[0])
    assert (result.points, result.waits_for_marks, result.passed) == (500, True, False)
    assert not Outcome.objects.filter(requirement=essays.world.exam_requirement).exists()
    assert Marking.objects.count() == 3
    assert Marking.objects.get(attempt=essays.attempts[0]).possible == 1000
    assert open_markings(sitting=essays.sitting, actor=None) == 0


def test_two_who_agree_complete_the_result(essays: Written, markers: list[Person]) -> None:
    first = finish(markers[0], essays, [500, 300])
    second = finish(markers[1], essays, [400, 250])
    assert (first.attempt_id, first.ordinal, second.ordinal) == (second.attempt_id, 1, 2)
    result = Result.objects.get(attempt=first.attempt_id)
    # The mean of 8 and 6,5 of 10 is 7,25; of the 5 points that the question is worth 3,62.
    assert (result.points, result.score, result.passed) == (500 + 362, 86, True)
    change = ResultChange.objects.get(result=result)
    assert (change.cause, change.points, change.passed) == ("marked", 500, False)
    outcome = Outcome.objects.get(requirement=essays.world.exam_requirement)
    assert (outcome.passed, outcome.score, outcome.source) == (
        True,
        86,
        f"exams.result:{result.pk}",
    )


def test_a_difference_asks_a_third_who_counts_with_the_nearer(
    essays: Written, markers: list[Person]
) -> None:
    mark = finish(markers[0], essays, [600, 400])
    # 7,99 of 10 is more than 20 % away; 8 would not be.
    finish(markers[1], essays, [600, 199])
    marking = Marking.objects.get(attempt=mark.attempt_id)
    assert (marking.wants, marking.settled_at) == (3, None)
    third = finish(markers[2], essays, [500, 400])
    assert (third.attempt_id, third.ordinal) == (mark.attempt_id, 3)
    marking.refresh_from_db()
    assert marking.agreed == 950
    assert not Result.objects.get(attempt=mark.attempt_id).waits_for_marks


def test_nobody_marks_the_same_answer_twice_and_a_draft_is_given_again(
    essays: Written, markers: list[Person]
) -> None:
    user = markers[0].user
    assert user is not None
    seen = set()
    for _ in TEXTS:
        begun = take_next(actor=user, sitting=essays.sitting)
        assert begun is not None
        assert take_next(actor=user, sitting=essays.sitting) == begun
        seen.add(begun.attempt_id)
        finish_mark(actor=user, mark=begun, rubric=[300, 300], comment="")
    assert len(seen) == 3
    assert take_next(actor=user, sitting=essays.sitting) is None


def test_what_is_given_back_goes_to_another(essays: Written, markers: list[Person]) -> None:
    one, two, three = (person.user for person in markers)
    assert one
    assert two
    assert three
    mine = take_next(actor=one, sitting=essays.sitting)
    other = take_next(actor=two, sitting=essays.sitting)
    assert mine is not None
    assert other is not None
    assert (other.attempt_id, other.ordinal) == (mine.attempt_id, 2)
    give_back(actor=one, mark=mine)
    again = take_next(actor=three, sitting=essays.sitting)
    assert again is not None
    assert (again.attempt_id, again.ordinal) == (other.attempt_id, 1)


def test_a_candidate_never_marks_their_own(essays: Written) -> None:
    own = essays.attempts[0].candidate.person
    user = put_on(essays.sitting, own, Duty.Role.MARKER)
    seen = set()
    while (mark := take_next(actor=user, sitting=essays.sitting)) is not None:
        seen.add(mark.attempt_id)
        finish_mark(actor=user, mark=mark, rubric=[0, 0], comment="")
    assert seen == {attempt.pk for attempt in essays.attempts[1:]}


def test_points_may_be_changed_until_the_other_has_finished(
    essays: Written, markers: list[Person]
) -> None:
    mark = finish(markers[0], essays, [600, 400])
    user = markers[0].user
    assert user
    finish_mark(actor=user, mark=mark, rubric=[500, 400], comment="")
    finish(markers[1], essays, [600, 400])
    with pytest.raises(AlreadyMarked):
        finish_mark(actor=user, mark=mark, rubric=[0, 0], comment="")
    assert Marking.objects.get(attempt=mark.attempt_id).agreed == 950


def test_two_essays_wait_for_both(world: World, make_person: MakePerson, commune: Unit) -> None:
    prepare(world, essays=2)
    essays = written(world, make_person, commune, TEXTS[:1])
    open_markings(sitting=essays.sitting, actor=None)
    people = [make_person(f"Người Chấm {n}", commune) for n in "AB"]
    for person in people:
        put_on(essays.sitting, person, Duty.Role.MARKER)
        finish(person, essays, [600, 400])
    assert Result.objects.get().waits_for_marks
    for person in people:
        finish(person, essays, [300, 200])
    assert (Result.objects.get().points, Result.objects.get().waits_for_marks) == (1250, False)


# ---- the pages ----


def desk(essays: Written) -> str:
    return f"/exams/sittings/{essays.sitting.pk}/marking/"


def take(client: Client, essays: Written) -> str:
    response = client.post(f"{desk(essays)}take/")
    assert response.status_code == 302
    return str(response.headers["Location"])


def test_a_marker_works_one_after_the_other(
    essays: Written, markers: list[Person], signed_in: SignedIn
) -> None:
    client = signed_in(markers[0])
    assert "3 bài chờ anh/chị chấm" in page(client, desk(essays))
    first = take(client, essays)
    text = page(client, first)
    assert "Nêu đúng việc (tối đa 6)" in text
    assert "Nghe dân trước đã." in text
    saved = client.post(first, {"criterion_0": "4,5", "comment": "Xem lại"})
    assert saved.headers["Location"] == first
    assert 'value="4,5"' in page(client, first)
    assert "Xem lại" in page(client, first)
    bad = client.post(first, {"criterion_0": "7", "criterion_1": "", "finish": ""})
    told = bad.content.decode()
    assert "Điểm từ 0 đến 6" in told
    assert "Chưa cho điểm tiêu chí này." in told
    assert 'value="7"' in told
    done = client.post(first, {"criterion_0": "4,5", "criterion_1": "2.25", "finish": ""})
    second = done.headers["Location"]
    assert second != first
    assert Mark.objects.get(ordinal=1, marked_at__isnull=False).points == 675
    assert client.post(f"{second}give-back/").headers["Location"] == desk(essays)
    assert Mark.objects.count() == 1
    assert "2 bài chờ" in page(client, desk(essays))


def test_markers_see_no_name_unit_or_number(
    essays: Written, markers: list[Person], signed_in: SignedIn
) -> None:
    client = signed_in(markers[0])
    attempt = essays.attempts[0]
    stored = StoredFile.objects.create(
        name="Nguyen Van Thi Sinh.docx", media_type="application/msword", size=9, sha256="ab" * 32
    )
    pages = []
    for attempt in essays.attempts:
        upload = Upload.objects.create(attempt=attempt, slot=0, file=stored)
        marking = Marking.objects.get(attempt=attempt)
        told = {"upload": str(upload.public_id), "name": stored.name, "size": 9}
        with clock.fixed(LATER):
            attempt.answers.filter(slot=marking.slot).update(
                response=__import__("json").dumps(told)
            )
    for _ in essays.attempts:
        path = take(client, essays)
        pages.append(page(client, path))
        client.post(path, {"criterion_0": "1", "criterion_1": "1", "finish": ""})
    pages.append(page(client, desk(essays)))
    for text in pages:
        for attempt in essays.attempts:
            person = attempt.candidate.person
            for secret in (person.full_name, person.unit.name, str(attempt.public_id), stored.name):
                assert secret not in text, secret
    assert f"{alias_of(attempt.public_id)}.docx" in "".join(pages)


def test_a_third_marker_sees_neither_of_the_others(
    essays: Written, markers: list[Person], signed_in: SignedIn
) -> None:
    finish(markers[0], essays, [600, 321])
    finish(markers[1], essays, [0, 123])
    text = page(signed_in(markers[2]), take(signed_in(markers[2]), essays))
    for secret in ("3,21", "1,23", "Người Chấm A", "Người Chấm B", "lần ba"):
        assert secret not in text


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("marker", {"desk", "mark"}),
        ("other marker", {"desk"}),
        ("former marker", set()),
        ("council", {"progress"}),
        ("examiner", {"progress"}),
        ("examiner beside", set()),
        ("coordinator", set()),
        ("candidate", set()),
    ],
)
def test_who_opens_what(
    who: str,
    sees: set[str],
    essays: Written,
    markers: list[Person],
    make_person: MakePerson,
    province: Unit,
    other_commune: Unit,
    grant: Grant,
    signed_in: SignedIn,
) -> None:
    mark = finish(markers[0], essays, [1, 1])
    person = make_person("Ai Đó", province)
    if who == "marker":
        person = markers[0]
    elif who == "other marker":
        person = markers[1]
    elif who == "former marker":
        person = markers[0]
        Duty.objects.update(withdrawn_at=clock.now())
    elif who == "council":
        put_on(essays.sitting, person, Duty.Role.COUNCIL)
    elif who in ("examiner", "coordinator"):
        grant(person, who, province)
    elif who == "examiner beside":
        grant(person, "examiner", other_commune)
    else:
        person = essays.attempts[0].candidate.person
    paths = {
        "desk": desk(essays),
        "mark": f"/exams/marks/{mark.pk}/",
        "progress": f"{desk(essays)}progress/",
    }
    client = signed_in(person)
    opened = {name for name, path in paths.items() if client.get(path).status_code == 200}
    assert opened == sees
    for path in paths.values():
        assert Client().get(path).status_code == 302
    for path in (f"{desk(essays)}take/", f"/exams/marks/{mark.pk}/give-back/"):
        expected = 302 if ("desk" in sees and "take" in path) or "mark" in sees else 404
        assert client.post(path).status_code == expected, path


def test_the_progress_shows_markers_items_and_differences(
    essays: Written,
    markers: list[Person],
    make_person: MakePerson,
    province: Unit,
    grant: Grant,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    finish(markers[0], essays, [600, 400])
    finish(markers[1], essays, [0, 0])
    boss = make_person("Lê Thị Bình", province)
    grant(boss, "examiner", province)
    client = signed_in(boss)
    path = f"{desk(essays)}progress/"
    text = page(client, path)
    assert "0 trên 3 bài đã chấm xong" in text
    assert "chờ người thứ ba" in text
    assert "Người Chấm A: 10; " in text.replace("</span>", "")
    with django_assert_max_num_queries(20):
        client.get(path)


def test_marking_is_audited(essays: Written, markers: list[Person]) -> None:
    mark = finish(markers[0], essays, [600, 400])
    event = Event.objects.get(action="exams.mark")
    assert event.actor_id == markers[0].user_id
    assert event.data == {
        "attempt": mark.attempt_id, "slot": mark.slot, "ordinal": 1, "points": 1000
    }  # fmt: skip


def test_who_was_put_to_do_something_finds_the_way(
    essays: Written,
    markers: list[Person],
    make_person: MakePerson,
    province: Unit,
    grant: Grant,
    signed_in: SignedIn,
) -> None:
    assert markers[0].user is not None
    give_duty(actor=None, sitting=essays.sitting, user=markers[0].user, role=Duty.Role.COUNCIL)
    client = signed_in(markers[0])
    assert "/exams/duties/" in Notice.objects.get(user=markers[0].user).url
    text = page(client, "/exams/duties/")
    assert "2 nhiệm vụ trong kỳ thi" in text
    assert desk(essays) in text
    assert f"/exams/sittings/{essays.sitting.pk}/council/" in text
    boss = make_person("Lê Thị Bình", province)
    grant(boss, "examiner", province)
    assert signed_in(boss).get("/exams/duties/").headers["Location"] == "/exams/sittings/"
    Duty.objects.update(withdrawn_at=clock.now())
    assert client.get("/exams/duties/").status_code == 404
