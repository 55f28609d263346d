from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lantoa.accounts.models import User
from lantoa.courses.kinds.base import Content
from lantoa.courses.kinds.video.form import VideoForm
from lantoa.courses.models import Activity, Lesson


class Video:
    name = "video"
    label = gettext_lazy("Video")
    position = 2
    graded = False
    required = True

    def form(
        self,
        activity: Activity | None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        variant: str = "",
    ) -> VideoForm:
        known = {"title": activity.title, "body": activity.body} if activity else {}
        return VideoForm(data, files, initial=known, activity=activity)

    def variants(self) -> list[tuple[str, str]]:
        return [("", str(self.label))]

    def content(
        self, form: VideoForm, *, activity: Activity | None, lesson: Lesson, actor: User
    ) -> Content:
        stored = form.stored(activity, actor)
        return Content(form.shown_title(stored), form.cleaned_data["body"], stored)

    def problems(self, activity: Activity) -> list[str]:
        return []
