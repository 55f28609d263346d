"""Who sits where, and which paper neighbours get. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import TypeVar

Key = TypeVar("Key")
Seat = tuple[int, int]
"""Room and seat."""


def apart(groups: Sequence[int]) -> list[int]:
    """Places (indexes) in an order in which people of one group don't follow each other as long as
    there are others left; within a group they keep theirs."""
    members: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        members[group].append(place)
    waiting = [(-len(places), places[0], group) for group, places in members.items()]
    heapify(waiting)
    ordered: list[int] = []
    held: tuple[int, int, int] | None = None
    while waiting or held:
        if not waiting:
            # Only colleagues are left: they sit next to each other.
            assert held is not None
            return ordered + members[held[2]][held[0] :]
        left, first, group = heappop(waiting)
        ordered.append(members[group][left])
        if held is not None:
            heappush(waiting, held)
        held = (left + 1, first, group) if left + 1 < 0 else None
    return ordered


def free_seats(rooms: Sequence[Seat], taken: frozenset[Seat] = frozenset()) -> list[Seat]:
    """Seats not taken, room by room; `rooms` are (room, how many seats)."""
    return [
        (room, seat)
        for room, seats in rooms
        for seat in range(1, seats + 1)
        if (room, seat) not in taken
    ]


def deal(
    places: Sequence[Seat | None], forms: int, *, taken: Mapping[Seat, int] | None = None,
    first: int = 0,
) -> list[int]:  # fmt: skip
    """Which form (from 0) each place gets: never that of a neighbour where there are two forms or
    more, and each about as often. `taken`: seats that have theirs already; None: nobody beside."""
    dealt = dict(taken or {})
    counts = [0] * forms
    for form in dealt.values():
        counts[form] += 1
    chosen: list[int] = []
    for number, place in enumerate(places):
        near = _near(place, dealt)
        order = sorted(range(forms), key=lambda f: (f in near, counts[f], (f - first) % forms))
        form = order[0] if place is not None else (first + number) % forms
        counts[form] += 1
        chosen.append(form)
        if place is not None:
            dealt[place] = form
    return chosen


def _near(place: Seat | None, dealt: Mapping[Seat, int]) -> set[int]:
    if place is None:
        return set()
    room, seat = place
    return {dealt[at] for at in ((room, seat - 1), (room, seat + 1)) if at in dealt}
