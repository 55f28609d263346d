"""What each activity of a lesson shows to a learner (or, in a preview, to its author)."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from lantoa.courses.models import Activity
from lantoa.courses.rules.progress import LessonState
from lantoa.files.links import signed_url
from lantoa.items.kinds import kind_of as item_kind_of

# The name of the answer's field in a question's form.
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
    def question(self) -> dict[str, Any]:
        """The question as asked: as written the first time, shuffled when taken again."""
        version = self.activity.item_version
        assert version is not None
        kind = item_kind_of(version.item.kind)
        order: Sequence[int] | None = None
        if self.round > 1:
            shuffled = list(range(kind.order_length(version.content)))
            # The same order when the page is loaded again; nothing secret hangs on it.
            random.Random(f"{self.viewer.seed}{self.activity.key}{self.round}").shuffle(shuffled)  # noqa: S311
            order = shuffled
        return {
            "question": kind.for_candidate(version.content, order),
            "template": kind.template("play"),
            "name": ANSWER,
        }

    @property
    def review(self) -> dict[str, Any]:
        version = self.activity.item_version
        assert version is not None
        kind = item_kind_of(version.item.kind)
        review = kind.review(version.content, self.known.get("response"))
        return {"review": review, "template": kind.template("review")}


def shown(activities: Sequence[Activity], state: LessonState | None, viewer: Viewer) -> list[Shown]:
    """The activities in order; questions numbered among themselves."""
    found, questions = [], 0
    for activity in activities:
        questions += activity.kind == "question"
        known = dict(state.of(activity.key)) if state else {}
        found.append(Shown(activity, questions, known, viewer, state.round if state else 1))
    return found
