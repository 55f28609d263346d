"""A person's own classes with what stands for them at each meeting."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.classes.models import ClassTest, Dispute, Meeting, Member, TrainingClass
from lantoa.classes.models.attendance import Standing
from lantoa.classes.queries.attendance import standings_of
from lantoa.classes.queries.members import classes_of_person
from lantoa.classes.queries.scores import points_by
from lantoa.classes.rules.attending import Attended, attended
from lantoa.classes.rules.points import shown
from lantoa.kernel import clock
from lantoa.people.models import Person

SHOWN = 30


@dataclass(frozen=True)
class MyMeeting:
    meeting: Meeting
    standing: str
    waits: bool  # for an answer to a dispute

    @property
    def label(self) -> str:
        return str(Standing(self.standing).label) if self.standing else ""

    @property
    def has_begun(self) -> bool:
        return self.meeting.starts_at <= clock.now()


@dataclass(frozen=True)
class MyTest:
    test: ClassTest
    points: Decimal | None

    @property
    def shown(self) -> str:
        return shown(self.points)

    @property
    def passed(self) -> bool:
        return self.points is not None and self.points >= self.test.pass_mark


@dataclass(frozen=True)
class MyClass:
    member: Member
    meetings: list[MyMeeting]
    share: Attended
    tests: list["MyTest"]

    @property
    def training_class(self) -> TrainingClass:
        return self.member.training_class

    @property
    def needed(self) -> int | None:
        asked = self.training_class.requirement
        return asked.attendance if asked else None


def my_classes(person: Person) -> list[MyClass]:
    members = list(classes_of_person(person)[:SHOWN])
    meetings: dict[int, list[Meeting]] = {}
    rows = Meeting.objects.filter(
        training_class__in=[m.training_class_id for m in members], cancelled_at=None
    )
    for meeting in rows.select_related("venue").order_by("starts_at"):
        meetings.setdefault(meeting.training_class_id, []).append(meeting)
    every = [meeting for some in meetings.values() for meeting in some]
    stood = standings_of(every, [m.pk for m in members])
    waiting = set(
        Dispute.objects.filter(member__in=members, decided_at=None).values_list(
            "meeting_id", "member_id"
        )
    )
    tests = _tests_of(members)
    return [
        _mine(
            tests.get(m.pk, []),
            m,
            meetings.get(m.training_class_id, []),
            stood.get(m.pk, {}),
            waiting,
        )
        for m in members
    ]


def _tests_of(members: list[Member]) -> dict[int, list[MyTest]]:
    found = list(
        ClassTest.objects.filter(
            training_class__in=[m.training_class_id for m in members]
        ).order_by("held_on", "pk")
    )
    points = points_by(found, [m.pk for m in members]) if found else {}
    return {
        m.pk: [
            MyTest(test, points.get(m.pk, {}).get(test.pk))
            for test in found
            if test.training_class_id == m.training_class_id
        ]
        for m in members
    }


def _mine(
    tests: list[MyTest],
    member: Member,
    meetings: list[Meeting],
    stood: dict[int, str],
    waiting: set[tuple[int, int]],
) -> MyClass:
    now = clock.now()
    held = {meeting.pk: meeting.periods for meeting in meetings if meeting.starts_at <= now}
    rows = [
        MyMeeting(one, stood.get(one.pk, ""), (one.pk, member.pk) in waiting) for one in meetings
    ]
    return MyClass(member, rows, attended(held, stood), tests)


def next_meeting(what: str) -> Subquery:
    """Of an enrolment's own classes, the meeting that comes next or goes on: one of its fields."""
    coming = Meeting.objects.filter(
        training_class__members__enrolment=OuterRef("pk"),
        training_class__members__left_at=None,
        training_class__state=TrainingClass.State.OPEN,
        cancelled_at=None,
        ends_at__gt=clock.now(),
    )
    return Subquery(coming.order_by("starts_at", "pk").values(what)[:1])


def own_member(user: User, meeting: Meeting) -> Member:
    """The user in the meeting's class. Raises Http404."""
    return get_object_or_404(
        Member.objects.select_related("enrolment__person"),
        training_class=meeting.training_class_id,
        enrolment__person__user=user.pk,
        left_at=None,
    )
