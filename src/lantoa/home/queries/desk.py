"""A learner's desk: what is owed and by when, how far they are, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.accounts.models import User
from lantoa.certificates.models import Certificate
from lantoa.certificates.queries import certificates_of
from lantoa.classes.queries.mine import next_meeting
from lantoa.courses.queries import Learning, learning_of
from lantoa.exams.queries import MySitting, put_in_for, sittings_for
from lantoa.exams.rules import State
from lantoa.home.rules.standing import Standing, TopicCount, standing, topics_left
from lantoa.home.rules.words import greeting
from lantoa.kernel import clock
from lantoa.notices.models import Notice
from lantoa.notices.queries import notices_of
from lantoa.people.models import Person
from lantoa.plans.queries.own_unit import with_unit_standing
from lantoa.programmes.models import Enrolment, Requirement
from lantoa.programmes.rules import Timing, timing

NOTICES_SHOWN = 3
ASKING = frozenset({State.OPEN, State.IN_PROGRESS, State.SUBMITTING})


@dataclass(frozen=True)
class Owed:
    """An enrolment as its holder sees it."""

    enrolment: Enrolment
    timing: Timing

    @property
    def is_done(self) -> bool:
        return self.enrolment.completed_at is not None

    @property
    def is_late(self) -> bool:
        return self.timing is Timing.LATE

    @property
    def quota(self) -> int | None:
        found: int | None = vars(self.enrolment)["unit_quota"]
        return found

    @property
    def unit_completed(self) -> int:
        return int(vars(self.enrolment)["unit_completed"])


@dataclass(frozen=True)
class Step:
    """The one primary action of the page."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Desk:
    person: Person
    enrolments: Sequence[Owed]
    learnings: Sequence[Learning]
    sittings: Sequence[MySitting]
    certificates: Sequence[Certificate]
    notices: Sequence[Notice]

    @cached_property
    def owed(self) -> list[Owed]:
        return [one for one in self.enrolments if not one.is_done]

    @cached_property
    def first(self) -> Owed | None:
        """What the line under the heading speaks of."""
        return next(iter(self.enrolments), None)

    @cached_property
    def open_learnings(self) -> list[Learning]:
        return [one for one in self.learnings if one.completed_at is None]

    @cached_property
    def topics_left(self) -> int:
        return sum(_left(learning) for learning in self.open_learnings) if self.owed else 0

    @cached_property
    def standing(self) -> Standing:
        return standing(
            owed=bool(self.owed),
            enrolled=bool(self.enrolments),
            topics=self.topics_left,
            tests=[mine.state.value for mine in self.sittings],
            classes=any(vars(one.enrolment)["asks_class"] for one in self.owed),
        )

    @property
    def meetings(self) -> list[tuple[datetime, str]]:
        """The next meeting of each enrolment's classes: when, of which class."""
        rows = (vars(one.enrolment) for one in self.enrolments)
        return sorted((row["class_at"], row["class_name"]) for row in rows if row["class_at"])

    @property
    def sittings_now(self) -> list[MySitting]:
        """Those that ask for something, which stand above the topics."""
        return [mine for mine in self.sittings if mine.state in ASKING]

    @property
    def sittings_later(self) -> list[MySitting]:
        return [mine for mine in self.sittings if mine.state not in ASKING]

    @cached_property
    def quota_of(self) -> Owed | None:
        """The first whose unit was given a quota."""
        return next((one for one in self.enrolments if one.quota), None)

    @property
    def heading(self) -> str:
        words = greeting(given_name=self.person.given_name, sex=self.person.sex)
        return f"{words}, {_answer(self.standing, self.topics_left)}"

    @cached_property
    def next_step(self) -> Step | None:
        for mine in self.sittings:
            if mine.state is State.IN_PROGRESS and mine.attempt is not None:
                url = reverse("exams:paper", args=[mine.attempt])
                return Step(_("Làm tiếp bài kiểm tra"), url, mine.title)
        for learning in self.open_learnings if self.owed else ():
            if learning.next_url:
                return Step(_begin(learning), learning.next_url, learning.next_title)
        for mine in self.sittings:
            if mine.state is State.OPEN:
                url = reverse("exams:take", args=[mine.sitting.pk])
                return Step(_("Vào bài kiểm tra"), url, mine.title)
        return None


def _begin(learning: Learning) -> str:
    return _("Học tiếp") if learning.registration.started_at else _("Bắt đầu học")


def _left(learning: Learning) -> int:
    topics = [TopicCount(m.is_mandatory, m.done == m.total) for m in learning.modules]
    return topics_left(topics, learning.registration.version.elective_minimum)


def _answer(where: Standing, topics: int) -> str:
    if where is Standing.LEARNING:
        return ngettext("còn %(n)d chuyên đề nữa", "còn %(n)d chuyên đề nữa", topics) % {
            "n": topics
        }
    return {
        Standing.TESTING: _("bài kiểm tra đang chờ làm tiếp"),
        Standing.TEST_OPEN: _("còn bài kiểm tra cuối khóa"),
        Standing.CLASS: _("còn lớp học phải dự"),
        Standing.TEST_LATER: _("đã học xong, bài kiểm tra chưa mở"),
        Standing.TEST_LOST: _("không làm thêm được bài kiểm tra nữa"),
        Standing.DONE: _("chương trình đã hoàn thành"),
        Standing.NOTHING: _("hiện không có gì phải học"),
    }[where]


def enrolments_of(user: User) -> list[Owed]:
    """The user's, each with its person and cohort: what is late first, then what closes first, then
    what is done, newest first. One query."""
    today = clock.today()
    rows = with_unit_standing(
        Enrolment.objects.filter(person__user_id=user.pk, withdrawn_at__isnull=True).annotate(
            is_candidate=Exists(put_in_for(OuterRef("person"))),
            class_at=next_meeting("starts_at"),
            class_name=next_meeting("training_class__name"),
            asks_class=Exists(
                Requirement.objects.filter(
                    programme=OuterRef("cohort__programme"), kind=Requirement.Kind.CLASS
                )
            ),
        )
    ).select_related("person__unit", "unit", "cohort__programme")
    found = [
        Owed(
            row,
            timing(
                closes_on=row.cohort.closes_on,
                completed=row.completed_at is not None,
                today=today,
            ),
        )
        for row in rows
    ]
    return sorted(found, key=_order)


def _order(one: Owed) -> tuple[bool, int]:
    closes = one.enrolment.cohort.closes_on.toordinal()
    return one.is_done, -closes if one.is_done else closes


def _sittings(person: Person, enrolments: Sequence[Owed], owed: set[int]) -> list[MySitting]:
    """Final tests of what is owed, and what the person was put in for besides."""
    besides = not enrolments or any(vars(one.enrolment)["is_candidate"] for one in enrolments)
    if not owed and not besides:
        return []
    found = sittings_for(person, cohorts=bool(owed))
    return [mine for mine in found if mine.enrolment is None or mine.enrolment.pk in owed]


def desk_of(user: User, person: Person, enrolments: Sequence[Owed]) -> Desk:
    """Everything of a learner's page, in at most seven queries; where all is done the tests are
    over, and the certificates stand in their place."""
    owed = [one for one in enrolments if not one.is_done]
    has_done = len(owed) < len(enrolments)
    return Desk(
        person=person,
        enrolments=enrolments,
        learnings=learning_of(person),
        sittings=_sittings(person, enrolments, {one.enrolment.pk for one in owed}),
        certificates=list(certificates_of(person)) if has_done else [],
        notices=list(notices_of(user)[:NOTICES_SHOWN]),
    )
