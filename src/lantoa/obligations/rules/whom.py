"""Whom a rule reaches. The same conditions say it in SQL (`queries.reach`) and of one person, with
the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Condition(StrEnum):
    UNIT = "unit"
    LEFT = "left"
    CATEGORY = "category"
    LEADER = "leader"
    SPECIALISM = "specialism"
    UNIT_KIND = "unit_kind"
    TITLE = "title"


@dataclass(frozen=True)
class Whom:
    """Empty: anybody. `leaders`: "yes" only them, "no" everybody else; `title`: folded words that
    the post's title holds."""

    categories: tuple[str, ...] = ()
    leaders: str = ""
    specialisms: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    title: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Whom":
        return cls(
            categories=tuple(stored.get("categories", ())),
            leaders=str(stored.get("leaders", "")),
            specialisms=tuple(stored.get("specialisms", ())),
            unit_kinds=tuple(stored.get("unit_kinds", ())),
            title=str(stored.get("title", "")),
        )


@dataclass(frozen=True)
class Facts:
    """What is known of a person; `within`: they stand in the rule's unit or under it."""

    within: bool
    here: bool
    category: str
    is_leader: bool
    specialism: str
    unit_kind: str
    title_key: str


def misses(whom: Whom, facts: Facts) -> list[Condition]:
    """The conditions that keep the rule from this person; none: it reaches them."""
    checks: Sequence[tuple[Condition, bool]] = (
        (Condition.UNIT, facts.within),
        (Condition.LEFT, facts.here),
        (Condition.CATEGORY, not whom.categories or facts.category in whom.categories),
        (Condition.LEADER, not whom.leaders or facts.is_leader == (whom.leaders == "yes")),
        (Condition.SPECIALISM, not whom.specialisms or facts.specialism in whom.specialisms),
        (Condition.UNIT_KIND, not whom.unit_kinds or facts.unit_kind in whom.unit_kinds),
        (Condition.TITLE, whom.title in facts.title_key),
    )
    return [condition for condition, holds in checks if not holds]
