from typing import Any

from lantoa.items.kinds.base import Content
from lantoa.items.kinds.content_form import StemForm
from lantoa.items.kinds.gap_form import PARTS, gap_fields, gap_initial, gap_of


class BlankForm(StemForm):
    edit_template = "items/kinds/blank/edit.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(gap_fields("gap", ("text", "number"), required=True))
        self.arrange(*(f"gap_{part}" for part in PARTS))

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        return {**super().initial_of(content), **gap_initial("gap", content["gap"])}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["gap"] = gap_of(self, "gap")
        return data

    def content(self) -> Content:
        return {**super().content(), "gap": self.cleaned_data["gap"]}
