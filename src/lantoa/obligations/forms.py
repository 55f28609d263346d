from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.kernel.text import fold
from lantoa.obligations.models import Petition, Rule
from lantoa.obligations.rules.whom import Whom
from lantoa.people.models import Person, Unit
from lantoa.plans.forms import FIRST_YEAR, LEADERS, choosable_units
from lantoa.plans.queries.plans import programmes_usable
from lantoa.programmes.models import Programme
from lantoa.web.fields import DayField


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Không chọn ô nào là lấy tất cả."),
    )


class RuleForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị"), empty_label=None)
    title = forms.CharField(
        label=_("Tên quy định"),
        max_length=200,
        help_text=_("Ví dụ: Lãnh đạo cấp xã bồi dưỡng chuyển đổi số hằng năm."),
    )
    legal_basis = forms.CharField(label=_("Căn cứ"), max_length=300)
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Phải hoàn thành chương trình"),
        required=False,
        empty_label=_("Không theo một chương trình"),
    )
    periods = forms.IntegerField(
        label=_("Hoặc đủ số tiết mỗi năm"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=_("Cộng số tiết của mọi chương trình đã hoàn thành trong năm."),
    )
    categories = _several(_("Đối tượng"), Person.Category.choices)
    leaders = forms.ChoiceField(label=_("Lãnh đạo, quản lý"), choices=LEADERS, required=False)
    specialisms = _several(_("Chuyên trách CNTT, chuyển đổi số"), Person.Specialism.choices)
    unit_kinds = _several(_("Loại đơn vị"), Unit.Kind.choices)
    post = forms.CharField(label=_("Chức vụ có chữ"), max_length=60, required=False)
    repeat = forms.ChoiceField(label=_("Lặp lại"), choices=Rule.Repeat.choices)
    starts_on = DayField(first_year=FIRST_YEAR, label=_("Áp dụng từ"))
    due_on = DayField(
        first_year=FIRST_YEAR,
        label=_("Hạn"),
        help_text=_("Lặp lại hằng năm thì lấy ngày và tháng này của mỗi năm."),
    )
    grace_days = forms.IntegerField(
        label=_("Gia hạn chung (ngày)"), min_value=0, max_value=365, initial=0
    )
    ends_on = DayField(first_year=FIRST_YEAR, label=_("Hết áp dụng sau ngày"), required=False)

    def __init__(self, *args: Any, user: User, rule: Rule | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rule is not None:
            del self.fields["unit"]
        else:
            unit = self.fields["unit"]
            assert isinstance(unit, forms.ModelChoiceField)
            unit.queryset = choosable_units(user)
            unit.initial = unit.queryset.first()
        programme = self.fields["programme"]
        assert isinstance(programme, forms.ModelChoiceField)
        programme.queryset = programmes_usable(user)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        whom = Whom(
            categories=tuple(data["categories"]),
            leaders=data["leaders"],
            specialisms=tuple(data["specialisms"]),
            unit_kinds=tuple(data["unit_kinds"]),
            title=fold(data["post"]),
        )
        names = (
            "title", "legal_basis", "programme", "periods", "repeat", "starts_on", "due_on",
            "grace_days", "ends_on",
        )  # fmt: skip
        return {name: data[name] for name in names} | {"whom": whom.as_json()}


def initial_of(rule: Rule) -> dict[str, Any]:
    whom = Whom.from_json(rule.whom)
    names = (
        "title", "legal_basis", "programme", "periods", "repeat", "starts_on", "due_on",
        "grace_days", "ends_on",
    )  # fmt: skip
    return {name: getattr(rule, name) for name in names} | {
        "categories": whom.categories,
        "leaders": whom.leaders,
        "specialisms": whom.specialisms,
        "unit_kinds": whom.unit_kinds,
        "post": whom.title,
    }


class PetitionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Đề nghị"), choices=Petition.Kind.choices)
    words = forms.CharField(
        label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    until = DayField(
        first_year=FIRST_YEAR, label=_("Xin lùi đến ngày (khi xin lùi hạn)"), required=False
    )
    file = forms.FileField(
        label=_("Giấy tờ kèm theo"),
        required=False,
        help_text=_("Ảnh hoặc PDF; bắt buộc khi xin công nhận chứng chỉ."),
    )


class AnswerForm(forms.Form):
    accepted = forms.ChoiceField(
        label=_("Quyết định"),
        choices=[("yes", _("Chấp nhận")), ("no", _("Không chấp nhận"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Trả lời"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
