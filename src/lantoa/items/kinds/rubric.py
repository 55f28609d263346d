"""What people mark by: criteria, each worth so many points."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items import rich_text
from lantoa.items.kinds import parts
from lantoa.items.kinds.base import Base, Content, Response
from lantoa.items.kinds.content_form import RichField, StemForm
from lantoa.kernel.text import clean as clean_text

MOST = 6
MOST_POINTS = 100
TITLES = [f"criterion_{row}" for row in range(MOST)]
POINTS = [f"points_{row}" for row in range(MOST)]


def clean(content: Mapping[str, Any]) -> Content:
    return {
        "rubric": [
            {"title": clean_text(str(each.get("title") or "")), "points": each.get("points")}
            for each in parts.mappings(content.get("rubric"))
        ],
        "sample": parts.block(content.get("sample")),
    }


def problems(content: Content) -> list[str]:
    rubric = content["rubric"]
    found = []
    if len(rubric) > MOST:
        found.append(_("Tối đa %(most)d tiêu chí chấm.") % {"most": MOST})
    if not all(each["title"] for each in rubric):
        found.append(_("Có tiêu chí chấm chưa có tên."))
    if not all(
        parts.is_index(each["points"], MOST_POINTS + 1) and each["points"] for each in rubric
    ):
        found.append(_("Điểm của mỗi tiêu chí là số từ 1 đến %(most)d.") % {"most": MOST_POINTS})
    return found + parts.text_problems(content["sample"])


def possible(content: Content) -> int:
    return sum(each["points"] for each in content["rubric"]) or 1


class ByPeople(Base):
    """Marked by people: of itself an answer gets nothing."""

    by_people = True

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        return 0, possible(content)

    def outcome(self, content: Content, response: Response) -> Content:
        told = parts.outcome(content, response, self.score(content, response))
        return {**told, "by_people": True, "rubric": content["rubric"]}


class RubricForm(StemForm):
    sample = RichField(
        label=gettext_lazy("Bài mẫu cho người chấm"),
        block=True,
        required=False,
        help_text=gettext_lazy("Chỉ người chấm thấy."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(MOST):
            self.fields[TITLES[row]] = forms.CharField(
                label=_("Tiêu chí chấm %(n)d") % {"n": row + 1}, max_length=200, required=False
            )
            self.fields[POINTS[row]] = forms.IntegerField(
                label=_("Điểm của tiêu chí %(n)d") % {"n": row + 1},
                required=False,
                min_value=1,
                max_value=MOST_POINTS,
                widget=forms.TextInput(attrs={"class": "lt-short", "inputmode": "numeric"}),
            )

    def names(self) -> list[str]:
        return [name for pair in zip(TITLES, POINTS, strict=True) for name in pair]

    @property
    def criteria(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[TITLES[row]], self[POINTS[row]]) for row in range(MOST)]

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        known = {
            **super().initial_of(content),
            "sample": rich_text.to_source(content["sample"]),
        }
        for row, each in enumerate(content["rubric"]):
            known |= {TITLES[row]: each["title"], POINTS[row]: each["points"]}
        return known

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for row in range(MOST):
            title, points = data.get(TITLES[row]), data.get(POINTS[row])
            if title and points is None and not self.has_error(POINTS[row]):
                self.add_error(POINTS[row], _("Hãy nhập số điểm."))
            elif points is not None and not title and not self.has_error(TITLES[row]):
                self.add_error(TITLES[row], _("Hãy nhập tên tiêu chí."))
        return data

    def content(self) -> Content:
        data = self.cleaned_data
        rows = [row for row in range(MOST) if data[TITLES[row]]]
        return {
            **super().content(),
            "rubric": [{"title": data[TITLES[row]], "points": data[POINTS[row]]} for row in rows],
            "sample": data["sample"],
        }
