from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items import kinds
from lantoa.items.kinds.base import Content
from lantoa.items.kinds.content_form import AGAIN, ContentForm, StemForm

FEWEST, MOST = 2, 8


class ScenarioForm(StemForm):
    """The situation's own fields, and for each part the form of its kind under a prefix. `shape`
    says which parts there are: "0:single_choice 2:blank"; buttons add, remove and move them."""

    edit_template = "items/kinds/scenario/edit.html"

    shape = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=400, initial="0:single_choice"
    )
    new_kind = forms.ChoiceField(label=gettext_lazy("Dạng của câu thêm"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stem"].label = _("Tình huống")
        kind = self.fields["new_kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(each.name, str(each.label).capitalize()) for each in part_kinds()]
        self.arrange("shape", "new_kind")
        self.offer_places()

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        known: dict[str, Any] = {
            **super().initial_of(content),
            "shape": " ".join(f"{at}:{part['kind']}" for at, part in enumerate(content["parts"])),
        }
        for at, part in enumerate(content["parts"]):
            of = kinds.kind_of(part["kind"]).form_class.initial_of(part["content"])
            known |= {f"part{at}-{name}": value for name, value in of.items()}
        return known

    def _shape(self) -> list[tuple[int, str]]:
        """(key, kind) of each part, as posted or as it was; what isn't one is left out."""
        text = self.typed("shape") if self.is_bound else str(self["shape"].initial or "")
        known = {kind.name for kind in part_kinds()}
        found: dict[int, str] = {}
        for word in text.split()[:MOST]:
            key, _colon, kind = word.partition(":")
            if key.isascii() and key.isdigit() and len(key) < 4 and kind in known:
                found[int(key)] = kind
        return list(found.items())

    @cached_property
    def forms(self) -> list[ContentForm]:
        _ = self.errors  # a button pressed changes the shape before anything is shown
        return [self._form(key, kind) for key, kind in self._shape()]

    def _form(self, key: int, kind: str) -> ContentForm:
        prefix = self.add_prefix(f"part{key}")
        initial = {
            name.removeprefix(f"part{key}-"): value
            for name, value in self.initial.items()
            if name.startswith(f"part{key}-")
        }
        made = kinds.kind_of(kind).form_class(
            self.data if self.is_bound else None,
            self.files if self.is_bound else None,
            prefix=prefix,
            initial=initial,
        )
        made.actor = self.actor
        made.part_key, made.part_kind = key, kinds.kind_of(kind)  # type: ignore[attr-defined]
        return made

    def take(self) -> list[tuple[str, str]]:
        refused = super().take()
        what, _colon, which = str(self.data.get(AGAIN) or "").partition(":")
        shape = self._shape()
        place = next((at for at, (key, _kind) in enumerate(shape) if str(key) == which), None)
        if what == "add":
            if len(shape) >= MOST:
                return [*refused, ("new_kind", _("Tối đa %(most)d câu.") % {"most": MOST})]
            key = max((key for key, _kind in shape), default=-1) + 1
            if self.typed("new_kind") in {kind.name for kind in part_kinds()}:
                shape.append((key, self.typed("new_kind")))
        elif what == "remove" and place is not None:
            shape.pop(place)
        elif what == "up" and place:
            shape[place - 1 : place + 1] = [shape[place], shape[place - 1]]
        self.put("shape", " ".join(f"{key}:{kind}" for key, kind in shape))
        return refused

    def is_valid(self) -> bool:
        return super().is_valid() and all(each.is_valid() for each in self.forms)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if len(self._shape()) < FEWEST:
            few = _("Tình huống cần ít nhất %(fewest)d câu hỏi.") % {"fewest": FEWEST}
            self.add_error("new_kind", few)
        if not all(each.is_valid() for each in self.forms) and not self.is_again:
            self.add_error(None, _("Có câu hỏi chưa viết xong; xem từng câu bên dưới."))
        return data

    def content(self) -> Content:
        listed = [
            {"kind": kind, "content": form.content()}
            for (_key, kind), form in zip(self._shape(), self.forms, strict=True)
        ]
        return {**super().content(), "parts": listed}


def part_kinds() -> list[Any]:
    return [kind for kind in kinds.kinds() if not kind.by_people and kind.name != "scenario"]
