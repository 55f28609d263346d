"""The author's form of a kind: what every kind's form does, and the fields for rich text."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.accounts.models import User
from lantoa.files.actions import store_upload
from lantoa.files.rules import IMAGES, FileRefused
from lantoa.items import rich_text
from lantoa.kernel.text import nfc

AGAIN = "again"
"""The name of buttons that change the form and show it again, nothing saved."""


class RichField(forms.CharField):
    """Rich text as its author types it; its value is sanitised markup."""

    def __init__(self, *, block: bool = False, rows: int = 3, **options: Any) -> None:
        self.block = block
        if block:
            options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        options.setdefault("max_length", 5000 if block else 1000)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        typed = rich_text.from_source(super().clean(value))
        safe = rich_text.clean_block if self.block else rich_text.clean_inline
        markup = safe(nfc(typed))
        if found := rich_text.problems(markup):
            raise forms.ValidationError(found)
        return markup


class ContentForm(forms.Form):
    """Made from content, gives content back. Keeps all that was typed, images too: an uploaded one
    is put into the text at once, so that it's there when the form has to be shown again."""

    data: Any
    edit_template: ClassVar[str] = ""
    actor: User | None = None
    """Who uploads; the view sets it."""

    image = forms.FileField(
        label=gettext_lazy("Chèn hình"),
        required=False,
        max_length=400,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{word}" for word in sorted(IMAGES))}),
        help_text=gettext_lazy("PNG, JPG hoặc WebP, tối đa 5 MB. Hình được đặt ở cuối phần chọn."),
    )
    image_alt = forms.CharField(
        label=gettext_lazy("Hình cho thấy gì"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Mô tả bằng chữ, cho người không nhìn thấy hình."),
    )
    image_place = forms.ChoiceField(label=gettext_lazy("Đặt hình vào"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer_places()

    def offer_places(self) -> None:
        """Where an image may go; again when fields were added."""
        place = self.fields["image_place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [
            (name, field.label)
            for name, field in self.fields.items()
            if isinstance(field, RichField)
        ]

    @classmethod
    def initial_of(cls, content: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def content(self) -> dict[str, Any]:
        """The content typed; only after `is_valid()`."""
        raise NotImplementedError

    @property
    def is_again(self) -> bool:
        """A button of the form was pressed that isn't the one to save."""
        return self.is_bound and AGAIN in self.data

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_again

    def full_clean(self) -> None:
        refused: list[tuple[str, str]] = []
        if self.is_bound:
            self.data = self.data.copy()
            refused = self.take()
        super().full_clean()
        if self.is_again:
            self._errors = type(self.errors)()
        for name, sentence in refused:
            self.add_error(name, sentence)

    def take(self) -> list[tuple[str, str]]:
        """Act on what isn't text (uploads, buttons) by changing `data`; gives what was refused."""
        upload, alt = self.typed_file("image"), nfc(self.typed("image_alt")).strip()
        places = [name for name, _label in self.fields["image_place"].choices]  # type: ignore[attr-defined]
        place = self.typed("image_place")
        place = place if place in places else places[0]
        if upload is None:
            self._describe(place, alt)
            return []
        try:
            stored = store_upload(upload=upload, allowed=IMAGES, actor=self.actor)
        except FileRefused as refusal:
            return [("image", refusal.message)]
        self.put_image(place, stored.public_id, alt)
        missing = _("Hình đã được chèn. Hãy mô tả bằng chữ hình cho thấy gì.")
        return [] if alt else [("image_alt", missing)]

    def _describe(self, place: str, alt: str) -> None:
        """A description that came after its image."""
        text = self.typed(place)
        for file, known in rich_text.IMAGE.findall(text) if alt else ():
            if not known:
                undescribed = rich_text.image(file, "")
                self.put(place, text.replace(undescribed, rich_text.image(file, alt), 1))
                self.put("image_alt", "")
                return

    def put_image(self, place: str, file: object, alt: str) -> None:
        field = self.fields[place]
        between = "\n\n" if isinstance(field, RichField) and field.block else " "
        before = self.typed(place).rstrip()
        self.put(place, f"{before}{between if before else ''}{rich_text.image(file, alt)}")
        self.put("image_alt", "")

    def typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name)) or "")

    def put(self, name: str, value: str) -> None:
        """As if the author had typed it."""
        self.data[self.add_prefix(name)] = value

    def typed_file(self, name: str) -> Any:
        return self.files.get(self.add_prefix(name)) if self.files else None


class StemForm(ContentForm):
    """A question, what the kind adds, and why the right answer is right."""

    stem = RichField(
        label=gettext_lazy("Câu hỏi"),
        block=True,
        rows=4,
        help_text=gettext_lazy(
            "Để một dòng trống giữa hai đoạn. Có thể dùng thẻ HTML đơn giản, và công thức LaTeX "
            r"giữa \( và \)."
        ),
    )
    explanation = RichField(
        label=gettext_lazy("Giải thích"),
        block=True,
        required=False,
        help_text=gettext_lazy(
            "Vì sao đúng, vì sao các phương án kia chưa đúng. Hiện khi xem lại."
        ),
    )

    @classmethod
    def initial_of(cls, content: dict[str, Any]) -> dict[str, Any]:
        return {
            "stem": rich_text.to_source(content["stem"]),
            "explanation": rich_text.to_source(content["explanation"]),
        }

    def arrange(self, *names: str) -> None:
        """The kind's own fields between the question and its explanation."""
        images = ("image", "image_alt", "image_place")
        self.order_fields(["stem", *names, "explanation", *images])

    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("stem", "explanation")}

    def no_gaps(self, names: list[str], sentence: str) -> None:
        """What is typed in these begins at the first and leaves none empty between."""
        filled = [bool(self.cleaned_data.get(name)) for name in names]
        for index, name in enumerate(names[:-1]):
            if not filled[index] and any(filled[index + 1 :]) and name not in self.errors:
                self.add_error(name, sentence)
