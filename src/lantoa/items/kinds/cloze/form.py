from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.base import Content
from lantoa.items.kinds.cloze import markers
from lantoa.items.kinds.content_form import RichField, StemForm
from lantoa.items.kinds.gap_form import PARTS, gap_fields, gap_initial, gap_of
from lantoa.items.kinds.gaps import TYPES
from lantoa.items.rich_text import to_source

MOST = 12
SHOWN = 3
GAPS = [f"gap_{number}" for number in range(1, MOST + 1)]


@dataclass(frozen=True)
class Group:
    number: int
    fields: list[forms.BoundField]
    is_open: bool


class ClozeForm(StemForm):
    edit_template = "items/kinds/cloze/edit.html"

    stem = RichField(
        label=gettext_lazy("Đoạn văn"),
        block=True,
        rows=7,
        help_text=gettext_lazy(
            "Đánh dấu chỗ trống bằng [[1]], [[2]] …, rồi ghi câu trả lời đúng ở dưới."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in GAPS:
            self.fields.update(gap_fields(name, TYPES, required=False))
        self.arrange(*(f"{name}_{part}" for name in GAPS for part in PARTS))

    @property
    def gaps(self) -> list[Group]:
        found = []
        for number, name in enumerate(GAPS, 1):
            fields = [self[f"{name}_{part}"] for part in PARTS]
            is_open = number <= SHOWN or bool(fields[1].value()) or any(f.errors for f in fields)
            found.append(Group(number, fields, is_open))
        return found

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        known = super().initial_of({**content, "stem": content["text"]})
        for name, gap in zip(GAPS, content["gaps"], strict=False):
            known |= gap_initial(name, gap)
        return known | {"stem": to_source(content["text"])}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        marked = set(markers.numbers(data.get("stem") or ""))
        data["gaps"] = []
        for number, name in enumerate(GAPS, 1):
            typed = bool(data.get(f"{name}_answers")) or self.has_error(f"{name}_answers")
            if typed and number not in marked and "stem" in data:
                self.add_error(
                    f"{name}_answers", _("Đoạn văn chưa có dấu [[%(n)d]].") % {"n": number}
                )
            elif number in marked or typed:
                data["gaps"].append(gap_of(self, name))
        if "stem" in data:
            self._check_markers(data["stem"])
        return data

    def _check_markers(self, text: str) -> None:
        found = markers.numbers(text)
        if not found:
            self.add_error("stem", _("Hãy đánh dấu ít nhất một chỗ trống bằng [[1]]."))
        elif max(found) > MOST:
            self.add_error("stem", _("Tối đa %(most)d chỗ trống.") % {"most": MOST})
        elif sorted(found) != list(range(1, len(found) + 1)):
            self.add_error("stem", _("Hãy đánh số chỗ trống liền nhau từ [[1]], mỗi số một lần."))

    def content(self) -> Content:
        known = super().content()
        return {
            "text": known["stem"],
            "gaps": self.cleaned_data["gaps"],
            "explanation": known["explanation"],
        }
