"""What the kinds made of an uploaded file have in common."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.courses.models import Activity
from lantoa.files.actions import store_upload
from lantoa.files.models import StoredFile
from lantoa.files.rules import KINDS, MIB


class UploadForm(forms.Form):
    """A title and a file; when there is a file already, an empty field keeps it."""

    allowed: frozenset[str] = frozenset()

    title = forms.CharField(label=_("Tên hiển thị"), max_length=250, required=False)
    file = forms.FileField(label=_("Tệp"), max_length=400)

    def __init__(self, *args: Any, activity: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.widget.attrs["accept"] = ",".join(f".{word}" for word in sorted(self.allowed))
        limit = max(KINDS[word].limit for word in self.allowed) // MIB
        words = {"kinds": ", ".join(sorted(self.allowed)), "limit": limit}
        field.help_text = _("Nhận tệp %(kinds)s, tối đa %(limit)s MB.") % words
        if activity is not None and activity.file is not None:
            field.required = False
            kept = {"name": activity.file.name}
            field.label = _("Thay tệp (đang dùng: %(name)s)") % kept

    def stored(self, activity: Activity | None, actor: User) -> StoredFile | None:
        """The new file, or the one that is there. Raises FileRefused."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return activity.file if activity else None
        return store_upload(upload=upload, allowed=self.allowed, actor=actor)

    def shown_title(self, stored: StoredFile | None) -> str:
        typed: str = self.cleaned_data["title"]
        return typed or (stored.name.rpartition(".")[0] if stored else "")
