"""What each activity of a lesson shows to a learner (or, in a preview, to its author)."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from lantoa.courses.models import Activity
from lantoa.courses.rules.progress import LessonState
from lantoa.files.links import signed_url
from lantoa.items import draws
from lantoa.items.kinds import kind_of as item_kind_of
from lantoa.items.kinds.base import Kind as ItemKind
from lantoa.items.models import ItemVersion

# With this begin the names of the answer's fields in a question's form.
ANSWER = "answer"


@dataclass(frozen=True)
class Viewer:
    """For whom a lesson is shown. A preview keeps nothing, so it has addresses of its own."""

    course_id: int
    lesson_key: UUID
    seed: str
    preview: bool = False

    def url(self, name: str, *more: object) -> str:
        prefix = "courses:preview_" if self.preview else "courses:"
        return reverse(f"{prefix}{name}", args=[self.course_id, self.lesson_key, *more])


@dataclass(frozen=True)
class Shown:
    activity: Activity
    number: int
    known: dict[str, Any]
    viewer: Viewer
    round: int = 1

    @property
    def template(self) -> str:
        return f"courses/kinds/{self.activity.kind}/learn.html"

    @property
    def anchor(self) -> str:
        return f"a-{self.activity.key}"

    @property
    def file_url(self) -> str:
        """The reader has been authorised for the lesson: now the link may be made."""
        return signed_url(self.activity.file) if self.activity.file else ""

    @property
    def answered(self) -> bool:
        return "response" in self.known

    @property
    def answer_url(self) -> str:
        return self.viewer.url("answer", self.activity.key)

    @property
    def position_url(self) -> str:
        return "" if self.viewer.preview else self.viewer.url("position", self.activity.key)

    @property
    def seen_url(self) -> str:
        return "" if self.viewer.preview else self.viewer.url("seen", self.activity.key)

    @property
    def document_url(self) -> str:
        return (
            self.file_url if self.viewer.preview else self.viewer.url("document", self.activity.key)
        )

    @property
    def item_version(self) -> ItemVersion:
        assert self.activity.item_version is not None
        return self.activity.item_version

    @property
    def name(self) -> str:
        """Of its fields: one page has many questions, and ids are made of it."""
        return f"{ANSWER}-{self.number}"

    @property
    def question(self) -> dict[str, Any]:
        """The question as asked: as written the first time, shuffled when taken again."""
        kind, content = self._kind, self.item_version.content
        arranged = kind.arrange(content, self._order(self.round))
        return {
            "question": kind.for_candidate(arranged),
            "template": kind.template("play"),
            "name": self.name,
        }

    def response(self, posted: QueryDict) -> Any:
        """What was answered, in terms of the question as written; None when it's no answer."""
        kind, content = self._kind, self.item_version.content
        order = self._order(_round_posted(posted) or self.round)
        response = kind.read_form(posted, self.name)
        if response is None or not kind.accepts(kind.arrange(content, order), response):
            return None
        return kind.restore(response, order)

    @property
    def review(self) -> dict[str, Any]:
        kind = self._kind
        review = kind.review(self.item_version.content, self.known.get("response"))
        return {"review": review, "template": kind.template("review")}

    @property
    def _kind(self) -> ItemKind:
        return item_kind_of(self.item_version.item.kind)

    def _order(self, round_: int) -> list[int]:
        """The same when the page is loaded again; nothing secret hangs on it."""
        kind, content = self._kind, self.item_version.content
        length = kind.order_length(content)
        if round_ == 1 and not kind.key_in_order:
            return list(range(length))
        rng = Random(f"{self.viewer.seed}{self.activity.key}{round_}")  # noqa: S311
        return draws.shuffled(length, rng, kind.fixed(content))


def _round_posted(posted: QueryDict) -> int:
    """The round that the page was made for: another may have begun in another window."""
    text = posted.get("round") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def shown(activities: Sequence[Activity], state: LessonState | None, viewer: Viewer) -> list[Shown]:
    """The activities in order; questions numbered among themselves."""
    found, questions = [], 0
    for activity in activities:
        questions += activity.kind == "question"
        known = dict(state.of(activity.key)) if state else {}
        found.append(Shown(activity, questions, known, viewer, state.round if state else 1))
    return found
