"""What is asked of a proposal for a cohort's classes, as it is stored; and how far places are."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Any

from lantoa.classes.rules.spans import Half, slots, teaching_days

EARTH_KM = 6371.0
OTHER_ZONE_KM = 30.0
"""How far a place in another zone is taken to be, where coordinates are missing."""
MOST_TIMES = 240


@dataclass(frozen=True)
class AskedClasses:
    """So many classes of a requirement, each of so many half-days."""

    requirement: int
    classes: int
    halves: int


@dataclass(frozen=True)
class Asked:
    first_day: str  # ISO
    last_day: str
    halves: list[str]
    weekends: bool
    classes: list[AskedClasses]
    capacity: int
    least: int
    venues: list[int]
    at_once: int
    away: int
    colleagues: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Asked":
        classes = [AskedClasses(**one) for one in stored["classes"]]
        return cls(**{**stored, "classes": classes})

    def times(self) -> list[tuple[date, Half]]:
        """The half-days that classes may use, in order."""
        first, last = date.fromisoformat(self.first_day), date.fromisoformat(self.last_day)
        days = teaching_days(first, (last - first).days + 1, weekends=self.weekends)
        kept = [day for day in days if day <= last]
        return slots(kept, [Half(h) for h in self.halves])[:MOST_TIMES]


@dataclass(frozen=True)
class Place:
    zone: str = ""
    latitude: float | None = None
    longitude: float | None = None


def kilometres(one: Place, other: Place) -> float:
    """As the crow flies where both have coordinates; else by zones; 0 where nothing is known."""
    points = (one.latitude, one.longitude, other.latitude, other.longitude)
    if all(point is not None for point in points):
        a, b, c, d = (radians(float(point or 0)) for point in points)
        half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
        return 2 * EARTH_KM * asin(sqrt(half))
    if one.zone and other.zone:
        return 0.0 if one.zone == other.zone else OTHER_ZONE_KM
    return 0.0
