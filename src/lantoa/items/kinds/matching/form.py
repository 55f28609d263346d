from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.base import Content
from lantoa.items.kinds.content_form import RichField, StemForm
from lantoa.items.rich_text import to_source

ROWS = range(8)
LEFT = [f"left_{row}" for row in ROWS]
RIGHT = [f"right_{row}" for row in ROWS]
MOST_EXTRAS = 4
EXTRAS = [f"extra_{row}" for row in range(MOST_EXTRAS)]


class MatchingForm(StemForm):
    edit_template = "items/kinds/matching/edit.html"

    scoring = forms.ChoiceField(
        label=gettext_lazy("Cách tính điểm"),
        required=False,
        choices=[
            ("each", gettext_lazy("Mỗi cặp đúng một phần điểm")),
            ("all", gettext_lazy("Đúng tất cả mới có điểm")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in ROWS:
            number = {"n": row + 1}
            required = row < 2
            self.fields[LEFT[row]] = RichField(label=_("Trái %(n)d") % number, required=required)
            self.fields[RIGHT[row]] = RichField(
                label=_("Phải %(n)d (ghép với trái %(n)d)") % number, required=required
            )
        for row, name in enumerate(EXTRAS):
            self.fields[name] = RichField(
                label=_("Mục thừa bên phải %(n)d") % {"n": row + 1}, required=False
            )
        rows = [name for pair in zip(LEFT, RIGHT, strict=True) for name in pair]
        self.arrange(*rows, *EXTRAS, "scoring")
        self.offer_places()

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[LEFT[row]], self[RIGHT[row]]) for row in ROWS]

    @property
    def extras(self) -> list[forms.BoundField]:
        return [self[name] for name in EXTRAS]

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        right = [to_source(each["text"]) for each in content["right"]]
        known = {**super().initial_of(content), "scoring": content["scoring"]}
        for row, (each, index) in enumerate(zip(content["left"], content["pairs"], strict=True)):
            known[LEFT[row]] = to_source(each["text"])
            known[RIGHT[row]] = right[index]
        extras = [text for index, text in enumerate(right) if index not in content["pairs"]]
        return known | dict(zip(EXTRAS, extras, strict=False))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.no_gaps(LEFT, _("Không để trống cặp ở giữa."))
        for row in ROWS:
            for one, other in ((LEFT[row], RIGHT[row]), (RIGHT[row], LEFT[row])):
                if data.get(one) and not data.get(other) and not self.has_error(other):
                    self.add_error(other, _("Cặp này còn thiếu một bên."))
        return data

    def content(self) -> Content:
        data = self.cleaned_data
        rows = [row for row in ROWS if data[LEFT[row]]]
        right = [data[RIGHT[row]] for row in rows] + [data[name] for name in EXTRAS if data[name]]
        return {
            **super().content(),
            "left": [{"text": data[LEFT[row]]} for row in rows],
            "right": [{"text": text} for text in right],
            "pairs": list(range(len(rows))),
            "scoring": data["scoring"] or "each",
        }
