from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.courses.rich_text import clean, is_empty

LONGEST = 200_000


class TextForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Tiêu đề"), max_length=250, required=False)
    body = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16, "data-editor": True}),
        help_text=gettext_lazy(
            "Gõ chữ thường cũng được: để một dòng trống giữa hai đoạn. "
            "Dán từ Word giữ lại đề mục, danh sách và bảng."
        ),
    )

    def clean_body(self) -> str:
        body = clean(self.cleaned_data["body"])
        if is_empty(body):
            raise ValidationError(_("Chưa có nội dung."))
        return body
