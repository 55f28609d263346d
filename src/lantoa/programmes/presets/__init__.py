"""Model programmes as data: a starting choice, each with its legal basis and how sure we are of it.

A preset is one `.toml` here; adding one is copying another. Nothing in code knows its numbers: what
a programme made from it says afterwards is the programme's own and can be changed.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class CourseOutline:
    title: str
    parts: tuple[str, ...] = ()
    mandatory_topics: int = 0
    elective_topics: int = 0
    elective_minimum: int = 0
    lessons: int | None = None
    questions_per_lesson: int | None = None
    lesson_pass_mark: int | None = None
    topic_titles: tuple[str, ...] = ()

    @property
    def topics(self) -> int:
        return self.mandatory_topics + self.elective_topics


@dataclass(frozen=True)
class ExamOutline:
    title: str
    basic: int | None = None
    intermediate: int | None = None
    minutes: int | None = None
    pass_mark: int | None = None
    unlimited_attempts: bool | None = None
    kept_months: int | None = None


@dataclass(frozen=True)
class Window:
    """A cohort's usual window: days as month-day, with the year where the source says one."""

    name: str
    opens: str
    closes: str
    year: int | None = None


@dataclass(frozen=True)
class Preset:
    code: str
    title: str
    description: str
    legal_basis: str
    grade: str
    source: str
    certificate_title: str
    courses: tuple[CourseOutline, ...] = ()
    exams: tuple[ExamOutline, ...] = ()
    windows: tuple[Window, ...] = ()
    notes: tuple[str, ...] = field(default=())
    check: str = ""

    @property
    def second_hand(self) -> bool:
        return self.grade == "S"


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}


def read(path: Path) -> Preset:
    """A preset's file. A key that the format doesn't know is a TypeError, seen at once."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Preset(
        code=path.stem,
        courses=tuple(CourseOutline(**_tuples(c)) for c in table.pop("courses", [])),
        exams=tuple(ExamOutline(**e) for e in table.pop("exams", [])),
        windows=tuple(Window(**w) for w in table.pop("windows", [])),
        notes=tuple(table.pop("notes", [])),
        **table,
    )


@cache
def all_presets() -> tuple[Preset, ...]:
    return tuple(read(path) for path in sorted(FOLDER.glob("*.toml")))


def preset(code: str) -> Preset | None:
    return next((p for p in all_presets() if p.code == code), None)
