from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lantoa.accounts.models import User
from lantoa.courses.kinds.base import Content
from lantoa.courses.models import Activity, Lesson
from lantoa.items.actions import create_item, revise_item
from lantoa.items.kinds import kind_of, kinds
from lantoa.items.kinds.base import ContentForm
from lantoa.items.kinds.base import Kind as ItemKind
from lantoa.items.models import Item

FIRST = "single_choice"


class Question:
    name = "question"
    label = gettext_lazy("Câu hỏi")
    position = 4
    graded = True
    required = False

    def form(
        self,
        activity: Activity | None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        variant: str = "",
    ) -> ContentForm:
        if activity is not None and activity.item_version is not None:
            version = activity.item_version
            form_class = kind_of(version.item.kind).form_class
            return _named(form_class, version.item.kind)(
                data, files, initial=form_class.initial_of(version.content)
            )
        known = {kind.name for kind in _usable()}
        sort = variant if variant in known else FIRST
        return _named(kind_of(sort).form_class, sort)(data, files)

    def variants(self) -> list[tuple[str, str]]:
        return [(kind.name, str(kind.label)) for kind in _usable()]

    def content(
        self, form: Any, *, activity: Activity | None, lesson: Lesson, actor: User
    ) -> Content:
        if activity is not None and activity.item_version is not None:
            item = activity.item_version.item
            return Content(item_version=revise_item(actor=actor, item=item, content=form.content()))
        version = create_item(
            actor=actor,
            unit=lesson.module.version.course.unit,
            kind=form.item_kind,
            content=form.content(),
            topic=lesson.module.topic,
            level=Item.Level.BASIC,
            purpose=Item.Purpose.LESSON,
        )
        return Content(item_version=version)

    def problems(self, activity: Activity) -> list[str]:
        version = activity.item_version
        return kind_of(version.item.kind).validate(version.content) if version else []


def _usable() -> list[ItemKind]:
    """A lesson answers at once, so no one else can mark its questions."""
    return [kind for kind in kinds() if not kind.by_people]


def _named(form_class: type[ContentForm], kind: str) -> type[ContentForm]:
    """The items' own form, knowing which kind of item it writes."""
    return type(form_class.__name__, (form_class,), {"item_kind": kind})
