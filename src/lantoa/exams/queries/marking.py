"""Answers that people mark: what waits for whom, and how far it is. Markers see no names."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from lantoa.accounts.models import User
from lantoa.exams.models import Duty, Mark, Marking, Sitting
from lantoa.exams.permissions import duties_of
from lantoa.exams.queries.words import shortened
from lantoa.exams.rules.codes import ALPHABET

ALIAS = 6
ROUND = 3


def alias_of(attempt: UUID) -> str:
    """What a marker knows an attempt by: always the same, and leading back to nobody."""
    number = int.from_bytes(salted_hmac("lantoa.exams.alias", str(attempt)).digest())
    letters = []
    for _ in range(ALIAS):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def marks_of_round(marking: Marking) -> QuerySet[Mark]:
    return Mark.objects.filter(
        attempt=marking.attempt_id,
        slot=marking.slot,
        ordinal__gt=marking.before,
        ordinal__lte=marking.before + ROUND,
    )


def _before(of: Combinable) -> Combinable:
    return (of - Value(1)) * Value(ROUND)


def _marks(**filters: object) -> QuerySet[Mark]:
    """Of the outer marking's round."""
    return Mark.objects.filter(
        attempt=OuterRef("attempt"),
        slot=OuterRef("slot"),
        ordinal__gt=_before(OuterRef("round")),
        **filters,
    ).order_by()


def _counted(marks: QuerySet[Mark]) -> Coalesce:
    counted = marks.values("attempt").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def waiting_for(user: User, sitting: Sitting, version: int | None = None) -> QuerySet[Marking]:
    """Answers of a sitting that this marker may take: never one they have marked before (nor their
    own), third marks first, then item by item, begun ones before new ones."""
    mine = Mark.objects.filter(attempt=OuterRef("attempt"), slot=OuterRef("slot"), marker=user)
    found = Marking.objects.filter(
        ~Exists(mine), attempt__sitting=sitting, settled_at__isnull=True
    ).exclude(attempt__candidate__person__user=user)
    if version is not None:
        found = found.filter(version=version)
    return (
        found.annotate(taken=_counted(_marks()), left=F("wants") - _before(F("round")))
        .filter(taken__lt=F("left"))
        .order_by("-left", "-round", "version", "-taken", "place", "pk")
    )


@dataclass(frozen=True)
class ItemWaiting:
    version: int
    stem: str
    waiting: int


def items_waiting(user: User, sitting: Sitting) -> list[ItemWaiting]:
    """What waits for this marker, by item."""
    counted = (
        waiting_for(user, sitting)
        .order_by("version")
        .values("version", "version__content__stem")
        .annotate(n=Count("pk"))
    )
    return [
        ItemWaiting(row["version"], shortened(row["version__content__stem"] or ""), row["n"])
        for row in counted
    ]


def marks_by(user: User, sitting: Sitting) -> QuerySet[Mark]:
    """The marker's own, the newest first."""
    return (
        Mark.objects.filter(marker=user, attempt__sitting=sitting)
        .select_related("attempt")
        .order_by(F("marked_at").desc(nulls_first=True), "-taken_at", "-pk")
    )


def mark_for(user: User, pk: int) -> Mark:
    """Raises Mark.DoesNotExist when it isn't the user's, or their duty has ended."""
    sittings = duties_of(user, Duty.Role.MARKER).values("sitting")
    return (
        Mark.objects.filter(attempt__sitting__in=sittings)
        .select_related("attempt__sitting__exam")
        .get(pk=pk, marker=user)
    )


def differing(sitting: Sitting) -> QuerySet[Marking]:
    """Where two markers differed, so that a third was or is asked."""
    return (
        Marking.objects.filter(attempt__sitting=sitting, wants__gte=F("round") * ROUND)
        .select_related("attempt")
        .order_by(F("settled_at").desc(nulls_first=True), "version", "place")
    )


@dataclass(frozen=True)
class Differing:
    marking: Marking
    alias: str
    marks: list[Mark]


def with_marks(markings: Iterable[Marking]) -> list[Differing]:
    """Each with the marks of its round, in two queries' time whatever their number."""
    rows = list(markings)
    given: dict[tuple[int, int], list[Mark]] = {}
    marks = Mark.objects.filter(attempt__in=[row.attempt_id for row in rows])
    for mark in marks.select_related("marker").order_by("ordinal"):
        given.setdefault((mark.attempt_id, mark.slot), []).append(mark)
    return [
        Differing(
            row,
            alias_of(row.attempt.public_id),
            [m for m in given.get((row.attempt_id, row.slot), ()) if m.ordinal > row.before],
        )
        for row in rows
    ]


@dataclass(frozen=True)
class ItemProgress:
    version: int
    stem: str
    answers: int
    settled: int
    differing: int

    @property
    def waiting(self) -> int:
        return self.answers - self.settled


def progress_by_item(sitting: Sitting) -> list[ItemProgress]:
    rows = (
        Marking.objects.filter(attempt__sitting=sitting)
        .order_by("version")
        .values("version", "version__content__stem")
        .annotate(
            answers=Count("pk"),
            settled=Count("pk", filter=Q(settled_at__isnull=False)),
            differing=Count("pk", filter=Q(wants__gte=F("round") * ROUND)),
        )
    )
    return [
        ItemProgress(
            version=row["version"],
            stem=shortened(row["version__content__stem"] or ""),
            answers=row["answers"],
            settled=row["settled"],
            differing=row["differing"],
        )
        for row in rows
    ]


@dataclass(frozen=True)
class MarkerProgress:
    """`share`: mean of points given of those possible, to see who marks strictly."""

    name: str
    finished: int
    begun: int
    share: float | None
    on_duty: bool


def progress_by_marker(sitting: Sitting) -> list[MarkerProgress]:
    duties = Duty.objects.filter(
        sitting=sitting, role=Duty.Role.MARKER, withdrawn_at__isnull=True
    ).select_related("user")
    names = {duty.user_id: duty.user.display_name for duty in duties}
    on_duty = set(names)
    possible = Marking.objects.filter(attempt=OuterRef("attempt"), slot=OuterRef("slot"))
    marks = Mark.objects.filter(attempt__sitting=sitting).annotate(
        possible=Subquery(possible.values("possible")[:1])
    )
    counted: dict[int, list[int]] = {user: [0, 0, 0, 0] for user in names}
    for user, name, points, of in marks.values_list(
        "marker", "marker__display_name", "points", "possible"
    ).iterator():
        names.setdefault(user, name)
        row = counted.setdefault(user, [0, 0, 0, 0])
        row[0 if points is not None else 1] += 1
        if points is not None:
            row[2] += points
            row[3] += of or 0
    return [
        MarkerProgress(names[user], done, begun, got / of if of else None, user in on_duty)
        for user, (done, begun, got, of) in sorted(counted.items(), key=lambda each: names[each[0]])
    ]
