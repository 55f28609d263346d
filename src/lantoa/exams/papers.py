"""A form's content: which item versions in which order, with their options in which order, and the
rules of the day it was drawn. Compact, since there is one per attempt.

{"seed": "…", "minutes": 30, "pass_mark": 70, "show_review": true,
 "topics": [{"id": 12, "title": "…", "part": "…"}, …in the order of the syllabus],
 "slots": [{"version": 5, "kind": "single_choice", "order": [2, 0, 1, 3], "topic": 12}, …]}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from lantoa.exams import rules
from lantoa.items import draws
from lantoa.items.kinds import kind_of
from lantoa.items.models import Blueprint, ItemVersion

Paper = dict[str, Any]


def compose(blueprint: Blueprint, versions: Sequence[ItemVersion], rng: Random, seed: str) -> Paper:
    """The content of a form on these versions (in syllabus order; shuffled here if so ruled)."""
    chosen = list(versions)
    if blueprint.shuffle_items:
        rng.shuffle(chosen)
    topics = {version.item.topic_id: version.item.topic for version in versions}
    return {
        "seed": seed,
        "minutes": blueprint.minutes,
        "pass_mark": blueprint.pass_mark,
        "show_review": blueprint.feedback == "mistakes",
        "topics": [
            {"id": pk, "title": topic.title, "part": topic.parent.title if topic.parent else ""}
            for pk, topic in topics.items()
            if topic is not None
        ],
        "slots": [_slot(version, rng, shuffle=blueprint.shuffle_options) for version in chosen],
    }


def _slot(version: ItemVersion, rng: Random, *, shuffle: bool) -> dict[str, Any]:
    kind = kind_of(version.item.kind)
    length, fixed = kind.order_length(version.content), kind.fixed(version.content)
    is_shuffled = shuffle or kind.key_in_order
    order = draws.shuffled(length, rng, fixed) if is_shuffled else list(range(length))
    return {
        "version": version.pk,
        "kind": kind.name,
        "order": order,
        "topic": version.item.topic_id,
    }


def digest(paper: Paper, contents: Mapping[int, dict[str, Any]]) -> str:
    """SHA-256 over the paper with every item as it is shown, key included: nobody can say later
    that another question stood there. `contents` by version id."""
    return rules.sha256(rules.canonical([paper, arranged(paper, contents)]))


def arranged(paper: Paper, contents: Mapping[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Each slot's item with its options in the slot's order; responses speak of these."""
    return [
        kind_of(slot["kind"]).arrange(contents[slot["version"]], slot["order"])
        for slot in paper["slots"]
    ]


def accepts(paper: Paper, slot: int, response: Any) -> bool:
    """Whether the response has the shape of an answer to this slot."""
    if not 0 <= slot < len(paper["slots"]):
        return False
    of = paper["slots"][slot]
    content = {"options": [None] * len(of["order"])}
    return kind_of(of["kind"]).accepts(content, response)


@dataclass(frozen=True)
class Mark:
    points: int
    possible: int
    score: int
    passed: bool
    detail: dict[str, Any]


def mark(
    paper: Paper, contents: Mapping[int, dict[str, Any]], responses: Mapping[int, Any]
) -> Mark:
    """The result of these responses: in all, per part, per topic, per slot."""
    items = arranged(paper, contents)
    marks = [
        kind_of(slot["kind"]).score(item, responses.get(index))
        for index, (slot, item) in enumerate(zip(paper["slots"], items, strict=True))
    ]
    topics = {topic["id"]: topic for topic in paper["topics"]}
    of = [topics[slot["topic"]] for slot in paper["slots"]]
    parts = [(topic["part"], None) for topic in of]
    keys = [(topic["title"], topic["id"]) for topic in of]
    # Questions are shuffled; what is told of them stands in the order of the syllabus.
    syllabus = [topic["id"] for topic in paper["topics"]]
    rows = sorted(rules.tallies(marks, keys), key=lambda tally: syllabus.index(tally.topic or 0))
    titles = [topic["part"] for topic in paper["topics"]]
    sums = sorted(rules.tallies(marks, parts), key=lambda tally: titles.index(tally.title))
    points, possible = sum(got for got, _ in marks), sum(of for _, of in marks)
    return Mark(
        points=points,
        possible=possible,
        score=rules.percent(points, possible),
        passed=rules.passed(points, possible, paper["pass_mark"]),
        detail={
            "parts": _told(sums),
            "topics": _told(rows),
            "slots": [list(pair) for pair in marks],
        },
    )


def _told(tallies: Sequence[rules.Tally]) -> list[dict[str, Any]]:
    return [
        {"title": t.title, "topic": t.topic, "points": t.points, "possible": t.possible}
        for t in tallies
    ]
