"""The author's form of kinds with a stem, options and an explanation."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.base import Content
from lantoa.items.kinds.content_form import RichField, StemForm
from lantoa.items.kinds.options import FEWEST, MOST
from lantoa.items.rich_text import to_source

LETTERS = "ABCDEF"
CHOICES = list(enumerate(LETTERS[:MOST]))
OPTIONS = [f"option_{index}" for index, _letter in CHOICES]


class OptionForm(StemForm):
    """A kind adds the field that says which options are right, and names it in `key`."""

    key: ClassVar[str]

    fixed = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Giữ nguyên vị trí khi trộn"),
        coerce=int,
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ví dụ phương án “Tất cả các phương án trên”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for index, letter in CHOICES:
            self.fields[OPTIONS[index]] = RichField(
                label=_("Phương án %(letter)s") % {"letter": letter}, required=index < FEWEST
            )
        self.arrange(*OPTIONS, self.key, *self.more, "fixed")
        self.offer_places()

    more: ClassVar[tuple[str, ...]] = ()
    """Fields of the kind's own, shown after the key."""

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        texts = [to_source(option["text"]) for option in content["options"]]
        return {
            **super().initial_of(content),
            cls.key: content[cls.key],
            "fixed": [i for i, option in enumerate(content["options"]) if option.get("fixed")],
            **dict(zip(OPTIONS, texts, strict=False)),
        }

    def right(self, data: dict[str, Any]) -> Iterable[int]:
        """The options that the author marked as right."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """The options typed must have no gap, and what is right must be one of them."""
        data = super().clean() or {}
        self.no_gaps(OPTIONS, _("Không để trống phương án ở giữa."))
        filled = [bool(data.get(name)) or name in self.errors for name in OPTIONS]
        if not all(filled[index] for index in self.right(data)):
            self.add_error(self.key, _("Phương án được chọn là đúng còn để trống."))
        if not all(filled[index] for index in data.get("fixed") or ()):
            self.add_error("fixed", _("Phương án được giữ vị trí còn để trống."))
        return data

    def content(self) -> Content:
        data = self.cleaned_data
        options: list[Content] = [
            {"text": data[name], **({"fixed": True} if index in data["fixed"] else {})}
            for index, name in enumerate(OPTIONS)
            if data[name]
        ]
        return {**super().content(), "options": options, self.key: data[self.key]}
