from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.base import Content
from lantoa.items.kinds.content_form import RichField, StemForm
from lantoa.items.rich_text import to_source

ROWS = range(6)
STATEMENTS = [f"statement_{row}" for row in ROWS]
TRUTHS = [f"truth_{row}" for row in ROWS]


class TrueFalseForm(StemForm):
    edit_template = "items/kinds/true_false/edit.html"

    scoring = forms.ChoiceField(
        label=gettext_lazy("Cách tính điểm"),
        required=False,
        choices=[
            ("each", gettext_lazy("Mỗi nhận định đúng một phần điểm")),
            ("all", gettext_lazy("Đúng tất cả mới có điểm")),
            ("steps", gettext_lazy("Bốn nhận định: đúng 1, 2, 3, 4 ý được 10, 25, 50, 100%")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [("", "—"), ("1", _("Đúng")), ("0", _("Sai"))]
        for row in ROWS:
            self.fields[STATEMENTS[row]] = RichField(
                label=_("Nhận định %(n)d") % {"n": row + 1}, required=row < 2
            )
            self.fields[TRUTHS[row]] = forms.ChoiceField(
                label=_("Nhận định %(n)d đúng hay sai") % {"n": row + 1},
                choices=said,
                required=False,
            )
        rows = [name for pair in zip(STATEMENTS, TRUTHS, strict=True) for name in pair]
        self.arrange(*rows, "scoring")
        self.offer_places()

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[STATEMENTS[row]], self[TRUTHS[row]]) for row in ROWS]

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        known = {**super().initial_of(content), "scoring": content["scoring"]}
        for row, each in enumerate(content["statements"]):
            known[STATEMENTS[row]] = to_source(each["text"])
            known[TRUTHS[row]] = "1" if each["true"] else "0"
        return known

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.no_gaps(STATEMENTS, _("Không để trống nhận định ở giữa."))
        for row in ROWS:
            typed = bool(data.get(STATEMENTS[row])) or self.has_error(STATEMENTS[row])
            if typed and not data.get(TRUTHS[row]):
                self.add_error(TRUTHS[row], _("Hãy chọn đúng hay sai."))
            elif not typed and data.get(TRUTHS[row]):
                self.add_error(STATEMENTS[row], _("Nhận định này còn để trống."))
        count = sum(bool(data.get(name)) for name in STATEMENTS)
        if data.get("scoring") == "steps" and count != 4:
            self.add_error("scoring", _("Cách tính 10 – 25 – 50 – 100% cần đúng bốn nhận định."))
        return data

    def content(self) -> Content:
        data = self.cleaned_data
        return {
            **super().content(),
            "statements": [
                {"text": data[STATEMENTS[row]], "true": data[TRUTHS[row]] == "1"}
                for row in ROWS
                if data[STATEMENTS[row]]
            ],
            "scoring": data["scoring"] or "each",
        }
