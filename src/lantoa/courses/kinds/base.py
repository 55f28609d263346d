"""What a kind of activity is. To add one: copy a folder, change what differs, name it in
`models.Activity.Kind` and its check constraint; its templates stand in
`templates/courses/kinds/<kind>/learn.html` and `edit.html`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.utils.functional import Promise

from lantoa.accounts.models import User
from lantoa.courses.models import Activity, Lesson
from lantoa.files.models import StoredFile
from lantoa.items.models import ItemVersion


@dataclass(frozen=True)
class Content:
    """What an author's form of any kind comes to: the fields of an activity."""

    title: str = ""
    body: str = ""
    file: StoredFile | None = None
    item_version: ItemVersion | None = None


class Kind(Protocol):
    name: str
    label: str | Promise
    position: int
    # Answered by the learner and counted towards the lesson's mark.
    graded: bool
    # To be done before the lesson is finished.
    required: bool

    def form(
        self,
        activity: Activity | None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        variant: str = "",
    ) -> forms.Form:
        """The author's form, filled from the activity, bound when there is data. `variant` chooses
        among the sorts of a new one, where a kind has several (`variants`)."""

    def variants(self) -> list[tuple[str, str]]:
        """(name, label) of the sorts to choose from; one, named "", when there is no choice."""

    def content(
        self, form: Any, *, activity: Activity | None, lesson: Lesson, actor: User
    ) -> Content:
        """What a valid form says. Raises FileRefused or InvalidContent."""

    def problems(self, activity: Activity) -> list[str]:
        """Why it cannot be published, as sentences for the author."""
