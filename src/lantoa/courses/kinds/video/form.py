from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.courses.kinds.files import UploadForm
from lantoa.courses.rich_text import clean
from lantoa.files.rules import VIDEOS


class VideoForm(UploadForm):
    allowed = VIDEOS

    body = forms.CharField(
        label=_("Lời của video"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6, "data-editor": True}),
        help_text=_("Cho người không nghe được hoặc mạng yếu: nội dung video viết thành chữ."),
    )

    def clean_body(self) -> str:
        return clean(self.cleaned_data["body"])
