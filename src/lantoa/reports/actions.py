from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.reports.models import UnitShape
from lantoa.reports.rules.shapes import Outline


@dataclass(frozen=True)
class ShapesLoaded:
    loaded: int
    unknown: list[str]


def _padded(code: str) -> list[str]:
    """The code as it is, then with the zeros that a spreadsheet takes from numbers."""
    if not code.isdigit():
        return [code]
    return [code, *(code.zfill(width) for width in (2, 5) if len(code) < width)]


@transaction.atomic
def load_shapes(
    *, outlines: Sequence[Outline], source: str, actor: User | None = None
) -> ShapesLoaded:
    """Keep the outlines of units by code, in place of those kept before; tell unknown codes."""
    units = dict(Unit.objects.filter(ended_on__isnull=True).values_list("code", "pk"))
    found: dict[int, Outline] = {}
    unknown: list[str] = []
    for outline in outlines:
        pk = next((units[c] for c in _padded(outline.code) if c in units), None)
        if pk is None:
            unknown.append(f"{outline.code} {outline.name}".strip())
        else:
            found[pk] = outline
    now = clock.now()
    UnitShape.objects.bulk_create(
        [
            UnitShape(unit_id=pk, polygons=outline.polygons, loaded_at=now, source=source[:200])
            for pk, outline in found.items()
        ],
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["polygons", "loaded_at", "source"],
        batch_size=200,
    )
    record(
        actor=actor,
        action="reports.load_shapes",
        on=("reports.unitshape", source[:40]),
        data={"loaded": len(found), "unknown": len(unknown)},
    )
    return ShapesLoaded(len(found), unknown)
