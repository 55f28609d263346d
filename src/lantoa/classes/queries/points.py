"""Points of a bridge as their keepers and the centre see them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.classes.models import Meeting, Member, Point, PointStanding, Presence, TrainingClass
from lantoa.classes.queries.classes import class_for, meeting_for
from lantoa.classes.queries.members import members_of, members_seen
from lantoa.classes.rules.attending import HERE
from lantoa.classes.rules.bridge import Light, Standing, light


def points_of(training_class: TrainingClass) -> QuerySet[Point]:
    """With how many sit there."""
    return (
        training_class.points.select_related("venue__unit", "keeper")
        .annotate(size=Count("members", filter=Q(members__left_at=None)))
        .order_by("venue__unit__sort_key", "venue__name")
    )


def point_managed(user: User, pk: int) -> Point:
    point = get_object_or_404(Point.objects.select_related("venue"), pk=pk)
    point.training_class = class_for(user, point.training_class_id)
    if not point.training_class.can_manage:  # type: ignore[attr-defined]
        raise Http404
    return point


def point_kept(user: User, pk: int, meeting: int) -> tuple[Point, Meeting]:
    """A point that the user looks after, or whose class they run, at one of its meetings."""
    point = get_object_or_404(Point.objects.select_related("venue__unit"), pk=pk)
    found = meeting_for(user, meeting)
    if found.training_class_id != point.training_class_id or found.cancelled_at is not None:
        raise Http404
    if point.keeper_id != user.pk and not found.training_class.can_mark:  # type: ignore[attr-defined]
        raise Http404
    return point, found


def roll_for(user: User, pk: int) -> tuple[Meeting, QuerySet[Member]]:
    """A meeting whose roll the user keeps, and of whom: all, or the people of the points that they
    look after. Raises Http404."""
    meeting = meeting_for(user, pk)
    members = members_of(meeting.training_class)
    if not meeting.training_class.can_mark:  # type: ignore[attr-defined]
        kept = Point.objects.filter(training_class=meeting.training_class_id, keeper=user.pk)
        if not kept.exists():
            raise Http404
        members = members.filter(point__in=kept)
    return meeting, members


@dataclass(frozen=True)
class Tile:
    """A point from the centre."""

    point: Point
    standing: PointStanding | None
    expected: int
    marked: int

    @property
    def light(self) -> Light:
        row = self.standing
        if row is None:
            return Light.NOT_OPEN
        names = Standing.__dataclass_fields__
        return light(Standing(**{name: getattr(row, name) for name in names}))

    @property
    def here(self) -> int | None:
        """Counted by the point, else ticked in its roll."""
        counted = self.standing.headcount if self.standing else None
        return counted if counted is not None else (self.marked or None)


ORDER = {one: place for place, one in enumerate(Light)}


@dataclass(frozen=True)
class Board:
    tiles: list[Tile]

    @property
    def here(self) -> int:
        return sum(tile.here or 0 for tile in self.tiles)

    @property
    def expected(self) -> int:
        return sum(tile.expected for tile in self.tiles)

    @property
    def counts(self) -> dict[str, int]:
        seen = Counter(tile.light.value for tile in self.tiles)
        return {one.value: seen[one.value] for one in Light}


def board_of(meeting: Meeting) -> Board:
    """All points of a meeting in three queries; what asks for attention comes first."""
    standings = {row.point_id: row for row in PointStanding.objects.filter(meeting=meeting)}
    ticked = Presence.objects.filter(
        meeting=meeting, standing__in=HERE, member__left_at=None, member__point__isnull=False
    )
    marked = dict(
        ticked.values("member__point").annotate(n=Count("pk")).values_list("member__point", "n")
    )
    tiles = [
        Tile(point, standings.get(point.pk), point.size, marked.get(point.pk, 0))  # type: ignore[attr-defined]
        for point in points_of(meeting.training_class)
    ]
    return Board(sorted(tiles, key=lambda tile: ORDER[tile.light]))


def missing_of(user: User, pk: int) -> tuple[Meeting, QuerySet[Member]]:
    """Who was not there: the list for making up. Of a coordinator below, their own people."""
    meeting = meeting_for(user, pk)
    there = Presence.objects.filter(meeting=meeting, standing__in=HERE).values("member")
    return meeting, members_seen(user, meeting.training_class).exclude(pk__in=there)
