"""Reading the demo's texts and lists: one dataclass per table of the `.toml` files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Weights = Mapping[str, int]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Question:
    key: str
    stem: str
    options: tuple[str, ...]
    answer: int
    level: str
    explanation: str

    @property
    def content(self) -> dict[str, Any]:
        """As the kind `single_choice` keeps it."""
        return {
            "stem": self.stem,
            "options": [{"text": option} for option in self.options],
            "answer": self.answer,
            "explanation": self.explanation,
        }


@dataclass(frozen=True)
class LessonText:
    key: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    body: str
    takeaways: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Topic:
    key: str
    part: str
    title: str
    summary: str
    lessons: tuple[LessonText, ...]
    pool: tuple[Question, ...]


@dataclass(frozen=True)
class ProgrammeText:
    title: str
    description: str
    parts: Mapping[str, str]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """A question of the practical test: `content` as its kind keeps it, worth `points`."""

    topic: str
    level: str
    kind: str
    points: int
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Essay:
    """What somebody writes whose essay is worth `share` percent."""

    share: int
    text: str


@dataclass(frozen=True)
class Practical:
    title: str
    minutes: int
    pass_mark: int
    items: tuple[Task, ...]
    essays: tuple[Essay, ...]


@dataclass(frozen=True)
class EthnicGroup:
    name: str
    minority: bool
    weight: int
    family: Weights
    names: Mapping[str, Weights]


@dataclass(frozen=True)
class Post:
    """`count`: so many in each unit of the kinds `at`; else `weight`, its share of the rest."""

    title: str
    group: str
    at: tuple[str, ...]
    count: int = 0
    weight: int = 0
    only: str = ""
    digital: str = ""


@dataclass(frozen=True)
class Agency:
    code: str
    name: str
    kind: str
    staff: int


@dataclass(frozen=True)
class PeopleLists:
    groups: tuple[EthnicGroup, ...]
    posts: tuple[Post, ...]
    agencies: tuple[Agency, ...]


def _question(raw: Mapping[str, Any]) -> Question:
    return Question(**{**raw, "options": tuple(raw["options"])})


def _lesson(raw: Mapping[str, Any]) -> LessonText:
    return LessonText(
        key=raw["key"],
        title=raw["title"],
        minutes=raw["minutes"],
        objectives=tuple(raw["objectives"]),
        body=raw["body"],
        takeaways=tuple(raw["takeaways"]),
        questions=tuple(_question(one) for one in raw["questions"]),
    )


@cache
def topic(key: str) -> Topic:
    raw = _read(f"topic-{key.removeprefix('t')}")
    return Topic(
        key=raw["key"],
        part=raw["part"],
        title=raw["title"],
        summary=raw["summary"],
        lessons=tuple(_lesson(one) for one in raw["lessons"]),
        pool=tuple(_question(one) for one in raw["pool"]),
    )


@cache
def programme() -> ProgrammeText:
    raw = _read("programme")
    return ProgrammeText(
        title=raw["title"],
        description=raw["description"].strip(),
        parts={part["key"]: part["title"] for part in raw["parts"]},
        topics=tuple(raw["topics"]),
    )


@cache
def practical() -> Practical:
    raw = _read("practical")
    return Practical(
        title=raw["title"],
        minutes=raw["minutes"],
        pass_mark=raw["pass_mark"],
        items=tuple(Task(**one) for one in raw["items"]),
        essays=tuple(Essay(**one) for one in raw["essays"]),
    )


def topics() -> list[Topic]:
    return [topic(key) for key in programme().topics]


def _post(raw: Mapping[str, Any]) -> Post:
    values: dict[str, Any] = {name: value for name, value in raw.items() if name != "key"}
    return Post(**{**values, "at": tuple(raw["at"])})


@cache
def people() -> PeopleLists:
    raw = _read("people")
    common = raw["names"]
    return PeopleLists(
        groups=tuple(
            EthnicGroup(
                name=group["name"],
                minority=group["minority"],
                weight=group["weight"],
                family=group["family"],
                names={**common, **group.get("names", {})},
            )
            for group in raw["ethnic_groups"]
        ),
        posts=tuple(_post(post) for post in raw["posts"]),
        agencies=tuple(Agency(**agency) for agency in raw["agencies"]),
    )
