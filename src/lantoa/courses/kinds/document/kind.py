from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lantoa.accounts.models import User
from lantoa.courses.kinds.base import Content
from lantoa.courses.kinds.document.form import DocumentForm
from lantoa.courses.models import Activity, Lesson


class Document:
    name = "document"
    label = gettext_lazy("Tài liệu")
    position = 3
    graded = False
    required = False

    def form(
        self,
        activity: Activity | None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        variant: str = "",
    ) -> DocumentForm:
        known = {"title": activity.title} if activity else {}
        return DocumentForm(data, files, initial=known, activity=activity)

    def variants(self) -> list[tuple[str, str]]:
        return [("", str(self.label))]

    def content(
        self, form: DocumentForm, *, activity: Activity | None, lesson: Lesson, actor: User
    ) -> Content:
        stored = form.stored(activity, actor)
        return Content(title=form.shown_title(stored), file=stored)

    def problems(self, activity: Activity) -> list[str]:
        return []
