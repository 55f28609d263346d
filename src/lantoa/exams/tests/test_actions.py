import hashlib
from datetime import datetime, timedelta

import pytest
from conftest import MakePerson
from django.db import IntegrityError, transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.audit.deliveries import drain
from lantoa.audit.models import Event
from lantoa.exams import rules
from lantoa.exams.actions import open_sittings, save_page, start_attempt, submit_attempt
from lantoa.exams.models import Answer, Attempt, LateAnswer, Result, Sitting
from lantoa.exams.queries import my_sitting, sittings_for
from lantoa.exams.queries.attempts import breakdown_of, paper_for, responses_of
from lantoa.exams.queries.examiners import log_of
from lantoa.exams.refusals import AlreadySubmitted, BadAnswer, MayNotStart, TimeOver, Withdrawn
from lantoa.exams.rules import State
from lantoa.exams.tasks import submit_expired
from lantoa.exams.tests.conftest import (
    DURING,
    World,
    answer,
    enrolled,
    key_of,
    save_answer,
)
from lantoa.items.actions import BlueprintFields, change_blueprint
from lantoa.items.models import Bundle, Item
from lantoa.items.rules import BankTooSmall
from lantoa.kernel import clock
from lantoa.kernel.clock import VIETNAM
from lantoa.people.models import Unit
from lantoa.programmes.actions import change_cohort, open_cohort
from lantoa.programmes.models import Enrolment, Outcome


def begin(world: World, at: datetime = DURING) -> Attempt:
    with clock.fixed(at):
        return start_attempt(actor=None, person=world.person, sitting=world.sitting)


def ready(world: World, at: datetime = DURING) -> Attempt:
    world.finish_course()
    return begin(world, at)


# ---- sittings ----


def test_a_sitting_spans_the_cohorts_days_in_vietnam_and_is_made_once(world: World) -> None:
    assert world.sitting.opens_at == datetime(2022, 5, 6, tzinfo=VIETNAM)
    assert world.sitting.closes_at == datetime(2022, 5, 23, tzinfo=VIETNAM)
    assert open_sittings(actor=None, cohort=world.cohort) == []
    assert Sitting.objects.count() == 1


def test_opening_and_moving_a_cohort_carries_its_sittings(world: World) -> None:
    course = world.course_requirement.course
    assert course is not None
    course.versions.create(number=1, published_at=DURING)
    cohort = open_cohort(
        actor=None,
        programme=world.cohort.programme,
        unit=world.cohort.unit,
        name="Đợt 2",
        opens_on=DURING.date(),
        closes_on=DURING.date(),
    )
    drain()
    sitting = Sitting.objects.get(exam__cohort=cohort)
    assert sitting.closes_at - sitting.opens_at == timedelta(days=1)
    change_cohort(
        actor=None,
        cohort=cohort,
        name="Đợt 2",
        opens_on=DURING.date(),
        closes_on=DURING.date() + timedelta(days=9),
    )
    drain()
    sitting.refresh_from_db()
    assert sitting.closes_at - sitting.opens_at == timedelta(days=10)
    assert Event.objects.filter(action="exams.move_sitting").count() == 1


# ---- starting ----


def test_the_course_comes_first(world: World) -> None:
    with pytest.raises(MayNotStart, match="khóa học") as caught:
        begin(world)
    assert caught.value.state is State.LOCKED
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (datetime(2022, 5, 5, 23, 59, tzinfo=VIETNAM), State.UPCOMING),
        (datetime(2022, 5, 23, tzinfo=VIETNAM), State.CLOSED),
    ],
)
def test_outside_the_window_nobody_begins(world: World, at: datetime, state: State) -> None:
    with pytest.raises(MayNotStart) as caught:
        ready(world, at)
    assert caught.value.state is state


def test_an_attempt_has_its_own_sealed_paper(world: World) -> None:
    attempt = ready(world)
    paper = paper_for(attempt)
    assert len(paper.places) == 10
    assert attempt.deadline_at == DURING + timedelta(minutes=30)
    digest = hashlib.sha256(bytes(attempt.bundle.content)).hexdigest()
    assert attempt.bundle.digest == digest
    assert len({item for item, _order in paper.places}) == 10
    orders = [paper.bundle.content["items"][i]["orders"][o] for i, o in paper.places]
    assert len({tuple(order) for order in orders}) > 1


def test_the_last_minutes_are_shorter(world: World) -> None:
    attempt = ready(world, datetime(2022, 5, 22, 23, 50, tzinfo=VIETNAM))
    assert attempt.deadline_at == world.sitting.closes_at


def test_beginning_again_resumes(world: World) -> None:
    attempt = ready(world)
    assert begin(world, DURING + timedelta(minutes=5)) == attempt
    assert Attempt.objects.count() == 1


def test_the_database_itself_holds_one_open_attempt(world: World) -> None:
    attempt = ready(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            sitting=attempt.sitting,
            candidate=attempt.candidate,
            bundle=attempt.bundle,
            seed=1,
            number=2,
            started_at=DURING,
            deadline_at=attempt.deadline_at,
        )


def test_somebody_withdrawn_does_not_begin(world: World) -> None:
    world.finish_course()
    Enrolment.objects.update(withdrawn_at=DURING)
    with pytest.raises(Withdrawn):
        begin(world)
    assert sittings_for(world.person) == []


def test_a_bank_too_small_says_so_and_uses_no_attempt(world: World) -> None:
    Item.objects.filter(topic__code="t1").update(state="retired")
    with pytest.raises(BankTooSmall, match="thiếu 2"):
        ready(world)
    assert not Attempt.objects.exists()


# ---- saving ----


def save(attempt: Attempt, sequence: int, slot: int, response: object) -> str:
    with clock.fixed(DURING + timedelta(minutes=1)):
        return save_answer(attempt, sequence, slot, response).hash


def chain_holds(attempt: Attempt) -> bool:
    attempt.refresh_from_db()
    return log_of(attempt).holds


def test_saves_repeated_and_out_of_order_are_harmless(world: World) -> None:
    attempt = ready(world)
    save(attempt, 1, 0, 1)
    save(attempt, 3, 0, 3)
    assert save(attempt, 2, 0, 2) == save(attempt, 2, 0, 2)
    rows = list(attempt.answers.order_by("id"))
    assert [row.sequence for row in rows] == [1, 3, 2]
    assert responses_of(attempt) == {0: 3}
    assert chain_holds(attempt)
    Answer.objects.filter(sequence=3).update(response="1")
    assert not chain_holds(attempt)


def test_a_log_cut_at_its_end_shows(world: World) -> None:
    attempt = ready(world)
    save(attempt, 1, 0, 1)
    save(attempt, 2, 0, 2)
    Answer.objects.filter(sequence=2).delete()
    assert not chain_holds(attempt)


def test_an_older_save_that_comes_late_does_not_unanswer(world: World) -> None:
    attempt = ready(world)
    save(attempt, 1, 4, 1)
    save(attempt, 3, 0, None)
    save(attempt, 2, 0, 2)
    attempt.refresh_from_db()
    assert (attempt.answered_count, attempt.saves, attempt.last_sequence) == (1, 3, 3)


@pytest.mark.parametrize(
    ("sequence", "slot", "response"),
    [(0, 0, 1), (-1, 0, 1), (10**9, 0, 1), (1, 10, 1), (1, -1, 1), (1, 0, 4), (1, 0, "x"),
     (1, 0, {"a": 1}), (1, 0, True), (1, 0, "x" * 20_000)],
)  # fmt: skip
def test_a_malformed_answer_writes_nothing(
    world: World, sequence: int, slot: int, response: object
) -> None:
    attempt = ready(world)
    with pytest.raises(BadAnswer):
        save(attempt, sequence, slot, response)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(("late", "kept"), [(0, ""), (5, ""), (6, "late")])
def test_what_comes_after_the_grace_is_kept_apart(world: World, late: int, kept: str) -> None:
    attempt = ready(world)
    assert attempt.deadline_at is not None
    with clock.fixed(DURING + timedelta(minutes=30) + timedelta(seconds=late)):
        assert save_answer(attempt, 1, 0, 1).kept == kept
    assert Answer.objects.exists() is not bool(kept)
    assert LateAnswer.objects.exists() is bool(kept)


def test_after_submission_nothing_is_taken_but_repeats_are_acknowledged(world: World) -> None:
    attempt = ready(world)
    receipt = save(attempt, 1, 0, 1)
    with clock.fixed(DURING + timedelta(minutes=2)):
        submit_attempt(actor=world.person.user, attempt=attempt)
    assert save(attempt, 1, 0, 1) == receipt
    with pytest.raises(AlreadySubmitted):
        save(attempt, 2, 0, 2)
    with pytest.raises(AlreadySubmitted), clock.fixed(DURING):
        save_page(attempt=attempt, responses={0: 2})


def test_a_page_saves_only_what_changed(world: World) -> None:
    attempt = ready(world)
    save(attempt, 1, 0, 1)
    with clock.fixed(DURING):
        assert save_page(attempt=attempt, responses={0: 1, 3: 2}) == 1
        assert save_page(attempt=attempt, responses={0: 1, 3: 2}) == 0
        with pytest.raises(BadAnswer):
            save_page(attempt=attempt, responses={1: 1, 4: 9})
    assert responses_of(attempt) == {0: 1, 3: 2}
    assert chain_holds(attempt)


def test_a_page_sent_after_the_end_is_told_so(world: World) -> None:
    attempt = ready(world)
    with clock.fixed(DURING + timedelta(minutes=31)), pytest.raises(TimeOver, match="hết giờ"):
        save_page(attempt=attempt, responses={0: 1})
    assert not LateAnswer.objects.exists()


# ---- submitting ----


def finish(world: World, attempt: Attempt, right: int, at: datetime | None = None) -> Result:
    with clock.fixed(DURING + timedelta(minutes=1) if at is None else at):
        answer(attempt, right)
        return submit_attempt(actor=world.person.user, attempt=attempt)


def test_passing_is_reported_once_and_completes_the_enrolment(world: World) -> None:
    attempt = ready(world)
    result = finish(world, attempt, 7)
    assert (result.points, result.points_possible, result.score, result.passed) == (
        700,
        1000,
        70,
        True,
    )
    assert submit_attempt(actor=None, attempt=attempt) == result
    outcome = Outcome.objects.get(requirement=world.exam_requirement)
    assert (outcome.passed, outcome.score, outcome.source) == (
        True,
        70,
        f"exams.result:{result.pk}",
    )
    world.enrolment.refresh_from_db()
    assert world.enrolment.completed_at is not None
    assert attempt.submission.saves == 10


def test_the_result_tells_parts_topics_and_slots(world: World) -> None:
    attempt = ready(world)
    result = finish(world, attempt, 4)
    told = breakdown_of(attempt, result)
    assert sum(part.points for part in told.parts) == 400
    assert [part.possible for part in told.parts] == [400, 200, 400]
    assert [part.title for part in told.parts][1:] == ["Kinh tế số", "Xã hội số"]
    assert [topic.possible for topic in told.topics] == [200] * 5
    assert result.detail == {"slots": [100] * 4 + [0] * 6, "failed": ["pass_mark"]}


def test_an_attempt_keeps_the_rules_it_began_with(world: World) -> None:
    attempt = ready(world)
    fields = BlueprintFields(title="Khó hơn", minutes=5, pass_mark=100)
    change_blueprint(actor=None, blueprint=world.blueprint, fields=fields, cells={})
    assert finish(world, attempt, 7).passed


def test_failing_leaves_the_other_attempts(world: World) -> None:
    world.blueprint.attempts_allowed = 2
    world.blueprint.save()
    finish(world, ready(world), 6)
    second = begin(world, DURING + timedelta(hours=1))
    assert second.number == 2
    assert second.seed != Attempt.objects.get(number=1).seed
    finish(world, second, 5, DURING + timedelta(hours=1))
    with pytest.raises(MayNotStart, match="hết số lần"):
        begin(world, DURING + timedelta(hours=2))
    with clock.fixed(DURING):
        mine = my_sitting(world.person, world.sitting.pk)
    assert (mine.state, mine.score, mine.standing.attempts_left) == (State.EXHAUSTED, 60, 0)


def test_who_has_passed_needs_no_other_attempt(world: World) -> None:
    finish(world, ready(world), 10)
    with pytest.raises(MayNotStart, match="đã đạt"):
        begin(world, DURING + timedelta(hours=1))


def test_the_server_submits_when_time_is_over(world: World) -> None:
    attempt = ready(world)
    with clock.fixed(DURING + timedelta(minutes=1)):
        answer(attempt, 8)
    with clock.fixed(DURING + timedelta(minutes=30) + rules.GRACE):
        assert submit_expired() == 0
    with clock.fixed(DURING + timedelta(minutes=30) + timedelta(seconds=6)):
        assert my_sitting(world.person, world.sitting.pk).state is State.SUBMITTING
        assert submit_expired() == 1
        assert submit_expired() == 0
        assert my_sitting(world.person, world.sitting.pk).state is State.PASSED
    attempt.refresh_from_db()
    assert attempt.submission.cause == "time"
    assert attempt.result.score == 80


def test_one_attempt_that_cannot_be_submitted_does_not_hold_up_the_rest(
    world: World, make_person: MakePerson, commune: Unit
) -> None:
    broken = ready(world)
    other = Bundle.objects.create(digest="0" * 64, content=b'{"items": []}')
    Attempt.objects.filter(pk=broken.pk).update(bundle=other)
    world.person = make_person("Trần Văn Bình", commune)
    world.enrolment = enrolled(world.cohort, world.person)
    whole = ready(world, DURING + timedelta(minutes=1))
    with clock.fixed(DURING + timedelta(hours=1)):
        assert submit_expired() == 1
    whole.refresh_from_db()
    assert whole.submitted_at is not None


# ---- standing ----


def test_a_persons_sittings_take_two_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with clock.fixed(DURING), django_assert_num_queries(2):
        (mine,) = sittings_for(world.person)
    assert (mine.state, mine.score, mine.left) == (State.LOCKED, None, None)
    attempt = ready(world)
    with clock.fixed(DURING + timedelta(minutes=10)), django_assert_num_queries(2):
        (mine,) = sittings_for(world.person)
    assert (mine.state, mine.attempt) == (State.IN_PROGRESS, attempt.public_id)
    assert mine.left == timedelta(minutes=20)


def test_another_persons_attempts_do_not_count(
    world: World, make_person: MakePerson, commune: Unit
) -> None:
    finish(world, ready(world), 10)
    other = make_person("Trần Văn Bình", commune)
    enrolment = enrolled(world.cohort, other)
    world.finish_course(enrolment)
    with clock.fixed(DURING):
        (mine,) = sittings_for(other)
        assert (mine.state, mine.standing.attempts_used, mine.score) == (State.OPEN, 0, None)
        (hers,) = sittings_for(world.person)
        assert (hers.state, hers.score) == (State.PASSED, 100)


def test_keys_are_spread_over_the_options(world: World) -> None:
    assert len(set(key_of(ready(world)))) > 1
