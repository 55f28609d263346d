from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.accounts.models import User
from lantoa.courses.kinds.base import Content
from lantoa.courses.kinds.text.form import TextForm
from lantoa.courses.models import Activity, Lesson
from lantoa.courses.rich_text import is_empty


class Text:
    name = "text"
    label = gettext_lazy("Bài đọc")
    position = 1
    graded = False
    required = False

    def form(
        self,
        activity: Activity | None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        variant: str = "",
    ) -> TextForm:
        known = {"title": activity.title, "body": activity.body} if activity else {}
        return TextForm(data, initial=known)

    def variants(self) -> list[tuple[str, str]]:
        return [("", str(self.label))]

    def content(
        self, form: TextForm, *, activity: Activity | None, lesson: Lesson, actor: User
    ) -> Content:
        return Content(title=form.cleaned_data["title"], body=form.cleaned_data["body"])

    def problems(self, activity: Activity) -> list[str]:
        return [_("Bài đọc chưa có nội dung.")] if is_empty(activity.body) else []
