"""The model province, small: every state exists and the figures agree."""

from hashlib import sha256
from typing import Any

import pytest

from lantoa.accounts.models import ActivationCode, User
from lantoa.audit.models import Event
from lantoa.certificates.models import Certificate, Register
from lantoa.courses.actions import rebuild_progress
from lantoa.courses.models import LessonProgress, Registration
from lantoa.demo import cast
from lantoa.demo.build import Built, CannotBuild, build
from lantoa.demo.scenes.roster import NEW_PEOPLE
from lantoa.demo.tests.province import LEARNERS
from lantoa.exams.models import Attempt, Result
from lantoa.exams.queries.attempts import paper_for, responses_of
from lantoa.exams.queries.examiners import log_of
from lantoa.exams.scoring import score
from lantoa.kernel import clock
from lantoa.people.models import Person, Qualification, RoleGrant, Unit
from lantoa.people.rosters import parse_roster
from lantoa.plans.indicators import coverage
from lantoa.plans.models import Plan
from lantoa.programmes.models import Enrolment, Programme
from lantoa.records.models import Statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built")]


def enrolled() -> Any:
    return Enrolment.objects.filter(withdrawn_at=None)


def test_every_state_exists() -> None:
    today = clock.today()
    begun = enrolled().filter(started_at__isnull=False)
    submitted = Attempt.objects.filter(submitted_at__isnull=False)
    states = {
        "not activated": enrolled().filter(person__user__activated_at=None),
        "not begun": enrolled().filter(
            started_at=None, person__user__activated_at__isnull=False, cohort__closes_on__gte=today
        ),
        "half-way": begun.filter(person__registrations__completed_at=None),
        "course done, test not sat": begun.filter(
            person__registrations__completed_at__isnull=False, candidacies=None, completed_at=None
        ),
        "test in progress": Attempt.objects.filter(submitted_at=None),
        "failed once": submitted.filter(
            result__passed=False, candidate__enrolment__completed_at=None
        ),
        "failed, then passed": submitted.filter(number=2, result__passed=True),
        "certified": enrolled().filter(certified_at__isnull=False),
        "revoked": Certificate.objects.filter(revocation__isnull=False),
        "late": enrolled().filter(completed_at=None, cohort__closes_on__lt=today),
        "left": Person.objects.filter(left_on__isnull=False, user__closed_at__isnull=False),
        "holds a qualification": Qualification.objects.all(),
        "role that ends": RoleGrant.objects.filter(ends_on__isnull=False),
    }
    assert [name for name, rows in states.items() if not rows.exists()] == []


def test_figures_are_consistent_and_equal_a_recount() -> None:
    programme = Programme.objects.get(code="BD-LDX")
    plan = Plan.objects.get(state=Plan.State.ISSUED, programmes=programme)
    province = Unit.objects.get(code="19")
    counted = coverage(plan, programme, province)
    figures = counted.total.figures
    assert figures.certified <= figures.completed <= figures.begun <= figures.activated
    assert figures.activated <= figures.enrolled == LEARNERS == figures.quota
    by_person = enrolled().values("person").distinct()
    assert figures.completed == by_person.filter(completed_at__isnull=False).count()
    assert figures.certified == by_person.filter(certified_at__isnull=False).count()
    assert figures.certified == figures.completed - 1  # the one revoked
    assert 0 < figures.late < figures.enrolled
    assert sum(row.figures.enrolled for row in counted.children) == figures.enrolled
    assert sum(row.figures.quota or 0 for row in counted.children) == figures.quota


def test_nothing_happens_before_its_time() -> None:
    now = clock.now()
    assert not Statement.objects.filter(timestamp__gt=now).exists()
    for row in enrolled().exclude(started_at=None).select_related("person__user", "cohort"):
        user = row.person.user
        assert user is not None
        assert user.activated_at is not None
        assert user.activated_at <= row.started_at
        assert row.enrolled_at <= row.started_at <= (row.completed_at or now)
    of_cohorts = Attempt.objects.filter(sitting__by_roster=False)
    for attempt in of_cohorts.select_related("candidate", "sitting"):
        assert attempt.started_at is not None
        assert attempt.deadline_at is not None
        assert attempt.sitting.opens_at <= attempt.started_at < attempt.deadline_at
        finished = Registration.objects.get(person=attempt.candidate.person_id).completed_at
        assert finished is not None
        assert finished < attempt.started_at


def test_progress_is_what_the_statements_say() -> None:
    registrations = list(Registration.objects.exclude(started_at=None))
    fields = ("registration", "lesson_key", "started_at", "round", "score", "completed_at",
              "activities")  # fmt: skip
    before = sorted(LessonProgress.objects.values_list(*fields), key=lambda row: row[:2])
    rebuild_progress(registrations=registrations)
    after = sorted(LessonProgress.objects.values_list(*fields), key=lambda row: row[:2])
    assert before == after
    assert len(before) > LEARNERS


def test_answer_logs_hold_and_results_are_what_was_answered() -> None:
    of_cohorts = Attempt.objects.filter(sitting__by_roster=False)  # others: test_practical.py
    for attempt in of_cohorts.select_related("bundle"):
        log = log_of(attempt)
        assert log.holds
        assert sha256(bytes(attempt.bundle.content)).hexdigest() == attempt.bundle.digest
        if attempt.submitted_at is not None and attempt.deadline_at is not None:
            paper = paper_for(attempt)
            scored = score(paper.bundle, paper.places, responses_of(attempt))
            assert scored.points == Result.objects.get(attempt=attempt).points
            assert log.rows[-1].received_at <= attempt.submitted_at <= attempt.deadline_at


def test_the_register_has_no_gaps_and_runs_in_order() -> None:
    register = Register.objects.first()
    assert register is not None
    rows = list(Certificate.objects.filter(register=register).order_by("register_number"))
    assert [row.register_number for row in rows] == list(range(1, register.last_number + 1))
    assert [row.issued_at for row in rows] == sorted(row.issued_at for row in rows)


def test_the_cast_can_sign_in(built: Built) -> None:
    for email in (cast.ADMINISTRATOR_EMAIL, *(member.email for member in cast.SIGN_INS)):
        user = User.objects.get(email=email)
        assert user.check_password(cast.PASSWORD), email
        assert user.activated_at is not None
    learner = Registration.objects.get(person__user__email=cast.LEARNER.email)
    assert learner.started_at is not None
    assert learner.completed_at is None
    assert learner.person.user is not None
    told = " ".join(learner.person.user.notices.values_list("title", flat=True))
    # By the hour of the day the bridge is one more class of theirs, or would clash with this one.
    for words in ("Hạn hoàn thành", "được ghi danh vào Đợt 1", "được xếp lớp: Đợt chuyên sâu"):
        assert words in told
    waiting = User.objects.get(email=cast.WAITING.email)
    assert waiting.activated_at is None
    assert built.code
    assert ActivationCode.objects.filter(user=waiting, used_at=None, withdrawn_at=None).exists()


def test_the_roster_to_try_is_read_with_its_faults_flagged(built: Built) -> None:
    roster = parse_roster(built.roster.read_bytes(), built.roster.name, as_of=clock.today())
    rows = list(roster.rows)
    assert len(rows) > NEW_PEOPLE + 1  # some who are known, the new ones, one of them twice
    assert all(row.values.name.given for row in rows)
    assert "phone_zero_restored" in {issue.code for row in rows for issue in row.issues}
    assert sum(row.duplicate_of is not None for row in rows) == 1


def test_bulk_actions_write_one_event_for_a_batch() -> None:
    assert Event.objects.filter(action="programmes.enrol").count() == 3
    assert not Event.objects.filter(action="programmes.record_outcome").exists()
    assert Event.objects.count() < LEARNERS * 10


def test_building_again_starts_at_once_and_another_size_is_refused(built: Built) -> None:
    before = Person.objects.count()
    again = build(learners=LEARNERS, folder=built.roster.parent, say=lambda _: None)
    assert (again.learners, Person.objects.count()) == (LEARNERS, before)
    with pytest.raises(CannotBuild, match="đã có tỉnh mẫu 60 người"):
        build(learners=LEARNERS + 40, folder=built.roster.parent, say=lambda _: None)
