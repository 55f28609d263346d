from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.files.actions import store_upload
from lantoa.files.rules import DOCUMENTS, IMAGES, SPREADSHEETS, FileRefused
from lantoa.items.kinds.base import Content
from lantoa.items.kinds.kept_files import Kept, read_note
from lantoa.items.kinds.rubric import RubricForm

ACCEPTED = ("docx", "xlsx", "pptx", "pdf", "ods", "csv", "png", "jpg", "mp4")
HANDED_OUT = DOCUMENTS | SPREADSHEETS | IMAGES
MOST_FILES = 5


class FileTaskForm(RubricForm):
    edit_template = "items/kinds/file_task/edit.html"

    accept = forms.MultipleChoiceField(
        label=gettext_lazy("Loại tệp được nộp"),
        choices=[(word, f".{word}") for word in ACCEPTED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một loại tệp.")},
    )
    handout = forms.FileField(
        label=gettext_lazy("Tệp phát kèm đề"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Ví dụ bảng số liệu để làm bài. Mỗi lần thêm một tệp, tối đa 5."),
    )
    kept = forms.MultipleChoiceField(
        label=gettext_lazy("Các tệp đang phát kèm"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bỏ chọn để không phát nữa."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handout"].widget.attrs["accept"] = ",".join(
            f".{word}" for word in sorted(HANDED_OUT)
        )
        self.offered: dict[str, str] = {}
        self.arrange("accept", "handout", "kept", *self.names(), "sample")
        self.offer_places()
        self._offer(self.initial.get("kept") or [])

    def _offer(self, notes: list[str]) -> None:
        field = self.fields["kept"]
        assert isinstance(field, forms.MultipleChoiceField)
        read = [(note, read_note(note)) for note in notes]
        self.offered |= {note: kept.name for note, kept in read if kept}
        field.choices = list(self.offered.items())

    @property
    def has_kept(self) -> bool:
        return bool(self.offered)

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        notes = [Kept(each["file"], each["name"]).note for each in content["files"]]
        return {**super().initial_of(content), "accept": content["accept"], "kept": notes}

    def take(self) -> list[tuple[str, str]]:
        refused = super().take()
        notes = self._posted_notes()
        upload = self.typed_file("handout")
        if upload is not None:
            try:
                stored = store_upload(upload=upload, allowed=HANDED_OUT, actor=self.actor)
            except FileRefused as refusal:
                refused.append(("handout", refusal.message))
            else:
                notes.append(Kept(str(stored.public_id), stored.name).note)
        self._offer(notes)
        name = self.add_prefix("kept")
        if hasattr(self.data, "setlist"):
            self.data.setlist(name, notes)
        else:
            self.data[name] = notes
        return refused

    def _posted_notes(self) -> list[str]:
        widget, name = self.fields["kept"].widget, self.add_prefix("kept")
        return list(widget.value_from_datadict(self.data, self.files, name) or [])

    def clean_kept(self) -> list[str]:
        notes: list[str] = self.cleaned_data["kept"]
        if len(notes) > MOST_FILES:
            raise forms.ValidationError(_("Phát kèm tối đa %(most)d tệp.") % {"most": MOST_FILES})
        return notes

    def content(self) -> Content:
        data = self.cleaned_data
        kept = [read_note(note) for note in data["kept"]]
        return {
            **super().content(),
            "accept": data["accept"],
            "files": [{"file": each.file, "name": each.name} for each in kept if each],
        }
