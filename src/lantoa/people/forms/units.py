from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.kernel.text import clean
from lantoa.people.forms.fields import UnitField
from lantoa.people.models import RoleGrant, Unit
from lantoa.people.permissions import units_within
from lantoa.web.fields import DayField

# QĐ 20/2020: up to 35 characters in dot-separated groups. Warned about, never refused.
CODE_HELP = _("Mã định danh theo QĐ 20/2020/QĐ-TTg, ví dụ H55.242; để trống nếu chưa có.")


class UnitSearch(forms.Form):
    q = forms.CharField(required=False, max_length=100)
    kind = forms.ChoiceField(required=False, choices=[("", _("Mọi loại")), *Unit.Kind.choices])


class AgencyForm(forms.Form):
    """A new agency under a unit."""

    name = forms.CharField(
        label=_("Tên cơ quan, đơn vị"), max_length=200, help_text=_("Viết đủ, ví dụ: Trường THCS…")
    )
    code = forms.CharField(label=_("Mã đơn vị"), max_length=35, required=False, help_text=CODE_HELP)
    founded_on = DayField(label=_("Thành lập ngày"), required=False)

    def clean_code(self) -> str:
        return free_code(self.cleaned_data["code"])


class UnitForm(forms.Form):
    """Correct, rename or move a unit."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    renamed_on = DayField(
        label=_("Tên mới có hiệu lực từ ngày"),
        required=False,
        help_text=_("Ghi ngày nếu đơn vị được đổi tên; để trống nếu chỉ sửa lỗi viết sai."),
    )
    document = forms.CharField(
        label=_("Theo văn bản"), max_length=100, required=False, help_text=_("Số, ký hiệu văn bản.")
    )
    code = forms.CharField(label=_("Mã đơn vị"), max_length=35, required=False, help_text=CODE_HELP)
    parent = UnitField(label=_("Đơn vị cấp trên"), required=False)
    moved_on = DayField(
        label=_("Về đơn vị cấp trên mới từ ngày"),
        required=False,
        help_text=_("Để trống thì tính từ hôm nay. Số liệu “như khi đó” vẫn theo nơi cũ."),
    )
    is_remote = forms.BooleanField(label=_("Vùng sâu, vùng xa"), required=False)

    def __init__(self, *args: Any, user: User, unit: Unit, whole: bool, **options: Any) -> None:
        initial = {
            "name": unit.name,
            "code": unit.code,
            "parent": unit.parent,
            "is_remote": unit.is_remote,
        }
        super().__init__(*args, **{"initial": initial, **options})
        self.unit = unit
        field = self.fields["parent"]
        assert isinstance(field, UnitField)
        field.units = units_within(user, RoleGrant.Role.COORDINATOR)
        if not whole:
            for name in ("name", "renamed_on", "document", "code"):
                del self.fields[name]
        if not whole or not unit_moves(unit, user):
            del self.fields["parent"], self.fields["moved_on"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        return code if code == self.unit.code else free_code(code)


class EndUnitForm(forms.Form):
    ended_on = DayField(label=_("Hết hiệu lực từ ngày"), initial=clock.today)
    successor = UnitField(
        label=_("Đơn vị tiếp nhận"),
        required=False,
        help_text=_("Nơi nhận người và các đơn vị trực thuộc. Gõ tên hoặc mã rồi chọn."),
    )
    document = forms.CharField(label=_("Theo văn bản"), max_length=100, required=False)

    def __init__(self, *args: Any, user: User, unit: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["successor"]
        assert isinstance(field, UnitField)
        field.units = units_within(user, RoleGrant.Role.COORDINATOR).exclude(pk=unit.pk)


def free_code(code: str) -> str:
    code = clean(code)
    if code and Unit.objects.filter(code=code, ended_on=None).exists():
        raise forms.ValidationError(_("Mã này đang là mã của một đơn vị khác."))
    return code


def unit_moves(unit: Unit, user: User) -> bool:
    """Agencies move; provinces and communes stand where the law puts them. The top of somebody's
    reach has its place above it, out of their hands."""
    parent = unit.parent
    return (
        unit.kind == Unit.Kind.AGENCY
        and parent is not None
        and units_within(user, RoleGrant.Role.COORDINATOR).filter(pk=parent.pk).exists()
    )
