"""Scoring an attempt from its bundle: the same code at submission, in a rescore and in `verify`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lantoa.exams import rules
from lantoa.items.kinds.base import Content
from lantoa.items.papers import Opened, Place


@dataclass(frozen=True)
class Correction:
    """A key put right: `content` in the place of the item's, or full points for everyone."""

    content: Content | None


Corrections = Mapping[int, Correction]
"""By the item's place in the bundle."""

NO_CORRECTIONS: Corrections = {}


@dataclass(frozen=True)
class Scored:
    """`slots`: hundredths per slot, None where people have yet to mark."""

    slots: list[int | None]
    points: int
    possible: int
    failed: list[str]

    @property
    def waits(self) -> bool:
        return None in self.slots

    @property
    def score(self) -> int:
        return rules.percent(self.points, self.possible)

    @property
    def passed(self) -> bool:
        """Nobody has passed before all is marked."""
        return not self.failed and not self.waits

    @property
    def points_shown(self) -> float:
        return self.points / 100

    @property
    def detail(self) -> dict[str, Any]:
        return {"slots": self.slots, "failed": self.failed}


def score(
    bundle: Opened,
    paper: Sequence[Place],
    responses: Mapping[int, Any],
    *,
    corrections: Corrections = NO_CORRECTIONS,
    given: Mapping[int, int] | None = None,
) -> Scored:
    """`given`: hundredths that people gave, by slot."""
    slots = [
        slot_points(bundle, place, responses.get(slot), corrections, (given or {}).get(slot))
        for slot, place in enumerate(paper)
    ]
    return of_slots(bundle, paper, slots)


def of_slots(bundle: Opened, paper: Sequence[Place], slots: list[int | None]) -> Scored:
    """The result that these points make."""
    asked = bundle.content["rules"]
    parts, topics = breakdown(bundle, paper, slots) if _by_part(asked) else ([], [])
    items = bundle.content["items"]
    points = sum(filter(None, slots))
    possible = sum([items[item]["points"] for item, _order in paper])
    failed = rules.failed_rules(asked, (points, possible), parts, topics)
    return Scored(slots, points, possible, failed)


def _by_part(asked: Mapping[str, Any]) -> bool:
    """Most exams ask for a mark over all, and there are tens of thousands to score at once."""
    return any(
        asked.get(name) is not None for name in ("part_minimum", "topic_minimum", "parts_average")
    )


def slot_points(
    bundle: Opened,
    place: Place,
    response: Any,
    corrections: Corrections = NO_CORRECTIONS,
    given: int | None = None,
) -> int | None:
    """Hundredths of one slot; None: people have yet to mark it. Full points for everyone go before
    what people gave."""
    kind = bundle.kinds[place[0]]
    correction = corrections.get(place[0])
    if correction is not None and correction.content is None:
        return bundle.points(place)
    if given is not None:
        return given
    if kind.by_people:
        return None if rules.is_answered(response) else 0
    if not rules.is_answered(response):
        return 0
    content = key_content(bundle, place, corrections)
    return rules.worth(*kind.score(content, response), bundle.points(place))


def key_content(bundle: Opened, place: Place, corrections: Corrections) -> Content:
    """The item as it was arranged, with the key that counts now."""
    correction = corrections.get(place[0])
    if correction is None or correction.content is None:
        return bundle.arranged(place)
    order = bundle.content["items"][place[0]]["orders"][place[1]]
    return bundle.kinds[place[0]].arrange(correction.content, order)


def breakdown(
    bundle: Opened, paper: Sequence[Place], slots: Sequence[int | None]
) -> tuple[list[rules.Tally], list[rules.Tally]]:
    """Points by part and by topic, in the order of the syllabus, though questions are shuffled."""
    marks = [(got or 0, bundle.points(place)) for got, place in zip(slots, paper, strict=True)]
    topics = [bundle.topic(place) for place in paper]
    order = {topic["id"]: place for place, topic in enumerate(bundle.content["topics"])}
    first = {
        topic["part"]: place for place, topic in reversed(list(enumerate(bundle.content["topics"])))
    }
    by_topic = rules.tallies(marks, [(topic["title"], topic["id"]) for topic in topics])
    by_part = rules.tallies(marks, [(topic["part"], None) for topic in topics])
    return (
        sorted(by_part, key=lambda tally: first[tally.title]),
        sorted(by_topic, key=lambda tally: order[tally.topic]),
    )
