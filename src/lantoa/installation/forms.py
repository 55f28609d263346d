from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.accounts.queries import normal_phone
from lantoa.files.rules import IMAGES
from lantoa.installation.models import Installation
from lantoa.installation.rules import is_conference_url, is_https_url

KEPT = gettext_lazy("Đã lưu và mã hóa. Để trống để giữ nguyên.")


def secret_field(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, strip=False, max_length=500, widget=widget)


class AgencyForm(forms.ModelForm[Installation]):
    logo_file: forms.FileField = forms.FileField(
        label=gettext_lazy("Biểu trưng"),
        required=False,
        help_text=gettext_lazy("Ảnh .png, .jpg hoặc .webp; hiện ở đầu mỗi trang."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in sorted(IMAGES))}),
    )

    class Meta:
        model = Installation
        fields = ("agency_name", "responsible_person", "help_contact")
        help_texts: ClassVar = {
            "agency_name": gettext_lazy("Hiện ở chân mỗi trang và trên giấy chứng nhận."),
            "help_contact": gettext_lazy(
                "Điện thoại, thư điện tử mà học viên hỏi khi cần trợ giúp."
            ),
        }

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def upload(self) -> UploadedFile[Any] | None:
        return self.cleaned_data.get("logo_file") or None


class BannerForm(forms.Form):
    banner_text = forms.CharField(
        label=gettext_lazy("Dòng báo trên mọi trang"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Ví dụ: Bảo trì từ 22:00 ngày 02/10 đến 00:30 ngày 03/10. Để trống để bỏ."
        ),
    )


class MailForm(forms.ModelForm[Installation]):
    password = secret_field(gettext_lazy("Mật khẩu máy chủ thư"))

    class Meta:
        model = Installation
        fields = (
            "mail_transport",
            "mail_from",
            "smtp_host",
            "smtp_port",
            "smtp_tls",
            "smtp_user",
        )
        widgets: ClassVar = {"mail_transport": forms.RadioSelect}
        help_texts: ClassVar = {
            "smtp_port": gettext_lazy("Thường là 587, hoặc 465."),
        }

    field_order = (*Meta.fields, "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_host = self.instance.smtp_host
        self.has_password = bool(self.instance.smtp_password_encrypted)
        if self.has_password:
            self.fields["password"].help_text = KEPT

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("mail_transport") != Installation.MailTransport.SMTP:
            return given
        if not given.get("smtp_host"):
            self.add_error("smtp_host", _("Hãy ghi tên máy chủ thư."))
        if not given.get("mail_from") and "mail_from" not in self.errors:
            self.add_error("mail_from", _("Hãy ghi địa chỉ mà thư được gửi từ đó."))
        moved = self.stored_host and given.get("smtp_host") != self.stored_host
        if moved and self.has_password and given.get("smtp_user") and not given.get("password"):
            # The stored password was meant for the old server.
            self.add_error("password", _("Đã đổi máy chủ nên phải nhập lại mật khẩu."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def new_password(self) -> str | None:
        """None keeps the stored one; without a user name there is nothing to keep."""
        if not self.cleaned_data.get("smtp_user"):
            return ""
        return self.cleaned_data["password"] or None


class SmsForm(forms.ModelForm[Installation]):
    sms_url = forms.URLField(
        label=gettext_lazy("Địa chỉ cổng tin nhắn"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy(
            "Bắt đầu bằng https://. Hệ thống gửi JSON gồm “to” và “text” đến địa chỉ này."
        ),
    )
    token = secret_field(gettext_lazy("Mã truy cập (token)"))

    class Meta:
        model = Installation
        fields = ("sms_transport", "sms_url")
        widgets: ClassVar = {"sms_transport": forms.RadioSelect}

    field_order = (*Meta.fields, "token")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_url = self.instance.sms_url
        self.has_token = bool(self.instance.sms_token_encrypted)
        if self.has_token:
            self.fields["token"].help_text = KEPT

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("sms_transport") != Installation.SmsTransport.HTTP:
            return given
        if "sms_url" not in self.errors and not is_https_url(given.get("sms_url") or ""):
            self.add_error(
                "sms_url", _("Địa chỉ phải bắt đầu bằng https:// và không là mạng nội bộ.")
            )
        moved = self.stored_url and given.get("sms_url") != self.stored_url
        if not given.get("token") and (moved or not self.has_token):
            self.add_error("token", _("Hãy nhập mã truy cập của cổng tin nhắn này."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def new_token(self) -> str | None:
        return self.cleaned_data["token"] or None


class ConferenceForm(forms.ModelForm[Installation]):
    conference_url = forms.URLField(
        label=gettext_lazy("Địa chỉ máy chủ BigBlueButton"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy(
            "Như lệnh bbb-conf --secret in ra, ví dụ https://hop.example.vn/bigbluebutton/. "
            "Để trống để thôi dùng."
        ),
    )
    secret = secret_field(gettext_lazy("Khóa bí mật dùng chung (shared secret)"))

    class Meta:
        model = Installation
        fields = ("conference_url",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_url = self.instance.conference_url
        self.has_secret = bool(self.instance.conference_secret_encrypted)
        if self.has_secret:
            self.fields["secret"].help_text = KEPT

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        url = given.get("conference_url") or ""
        if not url or "conference_url" in self.errors:
            return given
        if not is_conference_url(url):
            self.add_error(
                "conference_url",
                _("Địa chỉ phải bắt đầu bằng https:// (http:// chỉ dùng cho chính máy này)."),
            )
        moved = self.stored_url and url != self.stored_url
        if not given.get("secret") and (moved or not self.has_secret):
            # The stored secret was meant for the old server.
            self.add_error("secret", _("Hãy nhập khóa bí mật của máy chủ này."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        return {"conference_url": self.cleaned_data["conference_url"]}

    @property
    def new_secret(self) -> str | None:
        """None keeps the stored one; without a server there is nothing to keep."""
        if not self.cleaned_data["conference_url"]:
            return ""
        return str(self.cleaned_data["secret"]).strip() or None


class TestMailForm(forms.Form):
    __test__ = False
    to = forms.EmailField(label=gettext_lazy("Gửi thư thử đến"))


class TestSmsForm(forms.Form):
    __test__ = False
    to = forms.CharField(
        label=gettext_lazy("Gửi tin nhắn thử đến số"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def clean_to(self) -> str:
        phone = normal_phone(self.cleaned_data["to"])
        if len(phone) < 10:
            raise forms.ValidationError(_("Số điện thoại gồm 10 chữ số, ví dụ 0912 345 678."))
        return phone
