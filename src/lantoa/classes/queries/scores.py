"""A class's tests, the points that stand, and who lacks what for passing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.classes.models import ClassTest, Member, Score, ScoreChange, TrainingClass
from lantoa.classes.queries.attendance import attended_by
from lantoa.classes.queries.classes import class_managed, class_marked
from lantoa.classes.queries.members import members_of
from lantoa.classes.rules import points as rules
from lantoa.classes.rules.attending import Attended
from lantoa.people.models import Person

CHANGES_SHOWN = 50
Points = dict[int, Decimal | None]


def tests_of(training_class: TrainingClass) -> QuerySet[ClassTest]:
    """In the order of their days; with how many have points."""
    taken = Count("scores", filter=Q(scores__points__isnull=False, scores__member__left_at=None))
    return training_class.tests.annotate(taken=taken).order_by("held_on", "pk")


def marked_test(user: User, pk: int) -> ClassTest:
    """Of a class whose attendance the user may mark. Raises Http404."""
    test = get_object_or_404(ClassTest, pk=pk)
    test.training_class = class_marked(user, test.training_class_id)
    return test


def managed_test(user: User, pk: int) -> ClassTest:
    test = get_object_or_404(ClassTest, pk=pk)
    test.training_class = class_managed(user, test.training_class_id)
    return test


def asked(test: ClassTest) -> rules.Asks:
    return rules.Asks(test.pk, test.greatest, test.pass_mark, test.required)


def points_by(
    tests: Iterable[ClassTest], members: Iterable[int] | None = None
) -> dict[int, Points]:
    """Member → test → points, of those who have some."""
    rows = Score.objects.filter(test__in=list(tests), points__isnull=False)
    if members is not None:
        rows = rows.filter(member__in=list(members))
    found: dict[int, Points] = defaultdict(dict)
    for member, test, points in rows.values_list("member_id", "test_id", "points"):
        found[member][test] = points
    return found


def scores_of(test: ClassTest, members: Iterable[Member]) -> dict[int, Score]:
    rows = Score.objects.filter(test=test, member__in=[member.pk for member in members])
    return {row.member_id: row for row in rows}


def changes_of(test: ClassTest) -> list[tuple[ScoreChange, str]]:
    """The newest, each with who made it."""
    rows = list(
        test.changes.select_related("member__enrolment__person").order_by("-pk")[:CHANGES_SHOWN]
    )
    users = User.objects.in_bulk({row.by_id for row in rows if row.by_id})
    return [(row, users[row.by_id].display_name if row.by_id in users else "") for row in rows]


def changes_of_person(person: Person) -> QuerySet[ScoreChange]:
    """All that was ever written of their points: what is known about somebody."""
    own = ScoreChange.objects.filter(member__enrolment__person=person)
    return own.select_related("test__training_class").order_by("pk")


@dataclass(frozen=True)
class Verdict:
    """How a member stands: enough attendance, and which required tests they haven't passed."""

    member: Member
    share: Attended
    attends: bool
    lacking: list[tuple[ClassTest, str]]
    score: int | None

    @property
    def passes(self) -> bool:
        return self.attends and not self.lacking


def verdicts_of(training_class: TrainingClass) -> list[Verdict]:
    """Of each member, by name. What the class teaches says how much must be attended; without tests
    the score is the attendance, with some it is what the tests come to."""
    requirement = training_class.requirement
    needed = (requirement.attendance or 100) if requirement else 100
    members = list(members_of(training_class))
    shares = attended_by(training_class, [member.pk for member in members])
    tests = list(tests_of(training_class))
    points = points_by(tests)
    return [
        _verdict(member, shares[member.pk], needed, tests, points.get(member.pk, {}))
        for member in members
    ]


def _verdict(
    member: Member, share: Attended, needed: int, tests: Sequence[ClassTest], points: Points
) -> Verdict:
    asks = [asked(test) for test in tests]
    missing = set(rules.lacking(asks, points))
    lacking = [(test, rules.shown(points.get(test.pk))) for test in tests if test.pk in missing]
    mean = rules.mean_percent(asks, points)
    score = share.percent if mean is None else mean
    return Verdict(member, share, share.is_enough(needed), lacking, score)
