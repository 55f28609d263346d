"""What attempts are worth now, many at once: from the log, the late answers that count, the keys
put right, the marks agreed on. What a rescore writes, a dry run counts, a check compares."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from lantoa.exams.delivery.keys import corrections_of
from lantoa.exams.models import Answer, Attempt, LateAnswer, Marking
from lantoa.exams.rules.marking import given
from lantoa.exams.scoring import Correction, Corrections, Scored, of_slots, slot_points
from lantoa.items.models import Bundle
from lantoa.items.papers import Opened, Place, kept, opened

AT_ONCE = 500

Overlay = Mapping[int, Correction]
"""By item version: keys as they would be."""


@dataclass(frozen=True)
class Now:
    """An attempt as its log scores it now. `responses`: slot → JSON as it came; `late`: how many
    late answers count; `by_people`: slots that people mark, whatever was answered."""

    attempt: Attempt
    bundle: Opened
    paper: Sequence[Place]
    responses: Mapping[int, str]
    late: int
    scored: Scored
    by_people: Sequence[int]

    @property
    def detail(self) -> dict[str, Any]:
        return {**self.scored.detail, **({"late": self.late} if self.late else {})}


@dataclass(frozen=True)
class Marked:
    """What people agreed on for one answer."""

    agreed: int
    possible: int


class Scorer:
    """Keeps bundles, keys and the points of responses that were met before: of thousands who answer
    the same item, few answer it in a way nobody else did."""

    def __init__(self, overlay: Overlay | None = None) -> None:
        self._overlay = overlay or {}
        self._corrections: dict[int, Corrections] = {}
        self._points: dict[int, dict[tuple[Place, str | None], int | None]] = {}
        self._people: dict[int, bool] = {}

    def now(self, attempts: Sequence[Attempt]) -> Iterator[Now]:
        """Of a few hundred attempts at a time, in their order; three queries."""
        ids = [attempt.pk for attempt in attempts]
        responses = _logged(ids)
        late = _late(ids, responses)
        marked = _marked(ids)
        for attempt in attempts:
            mine = responses.get(attempt.pk, {})
            yield self._now(attempt, mine, late.get(attempt.pk, 0), marked.get(attempt.pk, {}))

    def _now(
        self, attempt: Attempt, responses: dict[int, str], late: int, marked: Mapping[int, Marked]
    ) -> Now:
        bundle = bundle_of(attempt.bundle_id)
        paper = bundle.paper(attempt.seed)  # used once: not worth keeping
        known = self._points.setdefault(bundle.pk, {})
        slots: list[int | None] = []
        for slot, place in enumerate(paper):
            if slot in marked:
                slots.append(self._given(bundle, place, marked[slot]))
                continue
            key = (place, responses.get(slot))
            if key not in known:
                known[key] = self._scored(bundle, *key)
            slots.append(known[key])
        scored = of_slots(bundle, paper, slots)
        by_people = self._by_people(bundle, paper)
        return Now(attempt, bundle, paper, responses, late, scored, by_people)

    def _given(self, bundle: Opened, place: Place, marked: Marked) -> int | None:
        agreed = given(marked.agreed, marked.possible, bundle.points(place))
        return slot_points(bundle, place, None, self.corrections(bundle), agreed)

    def _scored(self, bundle: Opened, place: Place, text: str | None) -> int | None:
        response = None if text is None else msgspec.json.decode(text)
        return slot_points(bundle, place, response, self.corrections(bundle))

    def _by_people(self, bundle: Opened, paper: Sequence[Place]) -> Sequence[int]:
        """Those whose points a corrected key gives to everyone are nobody's to mark."""
        if not self._marked_by_people(bundle):
            return ()
        corrections = self.corrections(bundle)
        everyone = {item for item, one in corrections.items() if one.content is None}
        return [
            slot
            for slot, (item, _order) in enumerate(paper)
            if bundle.kinds[item].by_people and item not in everyone
        ]

    def _marked_by_people(self, bundle: Opened) -> bool:
        if bundle.pk not in self._people:
            self._people[bundle.pk] = any(kind.by_people for kind in bundle.kinds)
        return self._people[bundle.pk]

    def corrections(self, bundle: Opened) -> Corrections:
        found = self._corrections.get(bundle.pk)
        if found is None:
            would = {
                place: self._overlay[item["version"]]
                for place, item in enumerate(bundle.content["items"])
                if item["version"] in self._overlay
            }
            found = self._corrections[bundle.pk] = {**corrections_of(bundle.pk), **would}
        return found


def bundle_of(pk: int) -> Opened:
    found = kept(pk)
    if found is None:
        one = Bundle.objects.get(pk=pk)
        found = opened(one.pk, one.digest, one.content)
    return found


def _logged(ids: Sequence[int]) -> dict[int, dict[int, str]]:
    """By attempt, the newest response of each slot."""
    found: dict[int, dict[int, str]] = {}
    saved = Answer.objects.filter(attempt__in=ids).order_by("attempt", "sequence")
    for attempt, slot, text in saved.values_list("attempt_id", "slot", "response").iterator():
        found.setdefault(attempt, {})[slot] = text
    return found


def _late(ids: Sequence[int], responses: dict[int, dict[int, str]]) -> dict[int, int]:
    """Puts the late answers that count over the others; how many by attempt."""
    counted: dict[int, int] = {}
    late = LateAnswer.objects.filter(attempt__in=ids, counts=True).order_by("received_ms", "id")
    for attempt, slot, text in late.values_list("attempt_id", "slot", "response"):
        responses.setdefault(attempt, {})[slot] = text
        counted[attempt] = counted.get(attempt, 0) + 1
    return counted


def _marked(ids: Sequence[int]) -> dict[int, dict[int, Marked]]:
    found: dict[int, dict[int, Marked]] = {}
    agreed = Marking.objects.filter(attempt__in=ids, agreed__isnull=False)
    for attempt, slot, points, of in agreed.values_list("attempt", "slot", "agreed", "possible"):
        if points is not None:
            found.setdefault(attempt, {})[slot] = Marked(points, of)
    return found
