"""Splitting a group's counts per class into one schedule a person: edge colouring of a bipartite
multigraph (König): a graph of largest degree n splits into n matchings."""

from collections.abc import Mapping

Key = int
Slot = tuple[int, int]  # matter, time


def split(counts: Mapping[Key, int], slots: Mapping[Key, Slot], people: int) -> list[list[Key]]:
    """For each of so many people the classes they take: of each matter one at most, at each time
    one at most; every class so often as `counts` says, which no matter and no time exceeds
    `people` in sum."""
    left = dict(counts)
    taken = []
    for still in range(people, 0, -1):
        schedule = _matching(left, slots, still)
        for key in schedule:
            left[key] -= 1
        taken.append(schedule)
    return taken


def _matching(left: Mapping[Key, int], slots: Mapping[Key, Slot], people: int) -> list[Key]:
    """Classes, one a matter and a time, that take in every matter and every time of which there is
    one for each of the people still to come: else these would be too many for those after."""
    degree: dict[tuple[str, int], int] = {}
    for key, count in left.items():
        for node in _ends(slots[key]):
            degree[node] = degree.get(node, 0) + count
    full = [node for node, count in sorted(degree.items()) if count >= people]
    chosen: dict[tuple[str, int], Key] = {}
    for node in full:
        if node not in chosen:
            _augment(node, left, slots, chosen, set(), set(full))
    for key in sorted(left):  # whoever is free takes more
        ends = _ends(slots[key])
        if left[key] and not any(end in chosen for end in ends):
            chosen.update(dict.fromkeys(ends, key))
    return sorted(set(chosen.values()))


def _ends(slot: Slot) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("matter", slot[0]), ("time", slot[1])


def _augment(
    node: tuple[str, int],
    left: Mapping[Key, int],
    slots: Mapping[Key, Slot],
    chosen: dict[tuple[str, int], Key],
    seen: set[tuple[str, int]],
    full: set[tuple[str, int]],
) -> bool:
    """Take a class for this node, pushing others along an alternating path where need be. A path
    may end at a free node, or take its class from a node that need not have one."""
    seen.add(node)
    for key in sorted(left):
        ends = _ends(slots[key])
        if not left[key] or node not in ends:
            continue
        other = ends[1] if ends[0] == node else ends[0]
        if other in seen:
            continue
        seen.add(other)
        before = chosen.get(other)
        if before is None:
            chosen[node] = chosen[other] = key
            return True
        rival = next(end for end in _ends(slots[before]) if end != other)
        if rival in seen:
            continue
        del chosen[rival]
        chosen[node] = chosen[other] = key
        if rival not in full or _augment(rival, left, slots, chosen, seen, full):
            return True
        chosen[rival] = chosen[other] = before
        del chosen[node]
    return False
