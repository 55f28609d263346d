"""What a leader's page shows: a plan and programme in reach, and its picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.kernel.row_ids import row_id
from lantoa.plans.indicators import UnitRow
from lantoa.plans.models import Plan
from lantoa.plans.queries.plans import Scope, plans_visible, scope_for, top_unit
from lantoa.programmes.models import Programme
from lantoa.reports.models import UnitShape
from lantoa.reports.rules.classes import NOTHING, class_of
from lantoa.reports.rules.drawing import Drawing, draw

CLASS_LABELS: tuple[tuple[str, Any], ...] = (
    ("0", _("dưới 50%")),
    ("1", _("50% – dưới 70%")),
    ("2", _("70% – dưới 85%")),
    ("3", _("85% – dưới 100%")),
    ("4", _("từ 100%")),
    (NOTHING, _("chưa có số để tính")),
)


@dataclass(frozen=True)
class Subject:
    """A programme of a plan, to choose from."""

    plan: Plan
    programme: Programme

    @property
    def key(self) -> str:
        return f"{self.plan.pk}-{self.programme.pk}"

    @property
    def label(self) -> str:
        return f"{self.programme.title} – {self.plan.title}"


def subjects(user: User) -> list[Subject]:
    """What can be shown, running plans first."""
    today = clock.today()
    plans = sorted(
        plans_visible(user).exclude(state=Plan.State.DRAFT).prefetch_related("programmes"),
        key=lambda plan: not plan.starts_on <= today <= plan.ends_on,
    )
    return [Subject(plan, programme) for plan in plans for programme in plan.programmes.all()]


def choose(user: User, found: Sequence[Subject], key: str, unit: str) -> Scope:
    """The subject and unit asked for, or the first and the reader's highest."""
    subject = next((s for s in found if s.key == key), found[0])
    if key and subject.key != key:
        raise Http404
    place = row_id(unit) if unit else top_unit(user, subject.plan).pk
    if place is None:
        raise Http404
    return scope_for(user, subject.plan.pk, subject.programme.pk, place)


@dataclass(frozen=True)
class Tile:
    """A unit in the picture: its class, and where there is an outline its path."""

    row: UnitRow
    share: float | None
    css: str
    path: str = ""


@dataclass(frozen=True)
class Picture:
    """Either a map (`drawing`) or a mosaic of `tiles`. `by_quota` says what the share is of."""

    tiles: list[Tile]
    by_quota: bool
    drawing: Drawing | None
    tile_of: dict[int, Tile]
    without_shape: list[Tile]
    source: str


def shares(rows: Sequence[UnitRow]) -> tuple[bool, dict[int, float | None]]:
    """Against the quota where any unit has one, else the enrolled: one basis per picture."""
    by_quota = any(row.figures.quota for row in rows)
    return by_quota, {
        row.unit.pk: row.figures.coverage if by_quota else row.figures.completion for row in rows
    }


def picture(rows: Sequence[UnitRow]) -> Picture:
    by_quota, found = shares(rows)
    shapes = {
        shape.unit_id: shape
        for shape in UnitShape.objects.filter(unit_id__in=[row.unit.pk for row in rows])
    }
    tiles = {
        row.unit.pk: Tile(row, found[row.unit.pk], class_of(found[row.unit.pk])) for row in rows
    }
    drawing = draw({pk: shape.polygons for pk, shape in shapes.items()}) if shapes else None
    return Picture(
        # Units without a figure come after those that have one.
        tiles=sorted(tiles.values(), key=lambda tile: tile.share is None),
        by_quota=by_quota,
        drawing=drawing,
        tile_of=tiles,
        without_shape=[tile for pk, tile in tiles.items() if pk not in shapes],
        source=next(iter(shapes.values())).source if shapes else "",
    )
