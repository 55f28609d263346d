from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.people.forms.fields import UnitField
from lantoa.people.models import RoleGrant, Unit
from lantoa.people.permissions import is_administrator, units_within
from lantoa.web.fields import DayField

Role = RoleGrant.Role


class RoleSearch(forms.Form):
    q = forms.CharField(label=_("Tên người hoặc đơn vị"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Vai trò"), required=False, choices=[("", _("Mọi vai trò")), *Role.choices]
    )


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("Vai trò"), widget=forms.RadioSelect)
    unit = UnitField(label=_("Ở đơn vị (và mọi đơn vị trực thuộc)"))
    starts_on = DayField(first_year=2000, label=_("Từ ngày"), initial=clock.today)
    ends_on = DayField(
        first_year=2000,
        label=_("Đến hết ngày"),
        required=False,
        help_text=_("Để trống nếu chưa biết ngày kết thúc."),
    )

    def __init__(self, *args: Any, user: User, unit: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        roles = [c for c in Role.choices if c[0] != Role.ADMINISTRATOR or is_administrator(user)]
        role, place = self.fields["role"], self.fields["unit"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(place, UnitField)
        role.choices = roles
        place.units = units_within(user, Role.COORDINATOR)
        place.initial = unit
