from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.base import Content
from lantoa.items.kinds.content_form import RichField, StemForm
from lantoa.items.rich_text import to_source

MOST = 8
PARTS = [f"part_{row}" for row in range(MOST)]


class OrderingForm(StemForm):
    edit_template = "items/kinds/ordering/edit.html"

    scoring = forms.ChoiceField(
        label=gettext_lazy("Cách tính điểm"),
        required=False,
        choices=[
            ("all", gettext_lazy("Đúng cả thứ tự mới có điểm")),
            ("each", gettext_lazy("Mỗi cặp liền nhau đúng thứ tự một phần điểm")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row, name in enumerate(PARTS):
            self.fields[name] = RichField(
                label=_("Mục thứ %(n)d") % {"n": row + 1}, required=row < 2
            )
        self.arrange(*PARTS, "scoring")
        self.offer_places()

    @property
    def rows(self) -> list[forms.BoundField]:
        return [self[name] for name in PARTS]

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        key = content.get("key") or range(len(content["parts"]))
        texts = [to_source(content["parts"][index]["text"]) for index in key]
        return {
            **super().initial_of(content),
            "scoring": content["scoring"],
            **dict(zip(PARTS, texts, strict=False)),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.no_gaps(PARTS, _("Không để trống mục ở giữa."))
        return data

    def content(self) -> Content:
        data = self.cleaned_data
        return {
            **super().content(),
            "parts": [{"text": data[name]} for name in PARTS if data[name]],
            "scoring": data["scoring"] or "all",
        }
