"""Fields of a plan: what the decision says, its money, its groups, its paper."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.files.actions import store_upload
from lantoa.files.models import StoredFile
from lantoa.files.rules import DOCUMENTS
from lantoa.people.models import Unit
from lantoa.plans.actions import PlanFields
from lantoa.plans.forms import FIRST_YEAR, choosable_units
from lantoa.plans.models import Plan, PlanBudget
from lantoa.plans.models.plans import TargetGroup
from lantoa.plans.queries.plans import programmes_usable
from lantoa.programmes.models import Programme
from lantoa.web.fields import DayField, RowsField

MOST_MONEY = 10**15
"""A million billions of đồng: a typing slip."""


class MoneyField(forms.CharField):
    """Whole đồng as people write them: 1500000, 1.500.000, 1 500 000 đ."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "lt-short"}
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> int:
        typed = super().clean(value) or ""
        if not typed:
            return 0
        # The currency may stand behind it.
        text = re.sub(r"[^\W\d]+$", "", re.sub(r"\s", "", typed))
        digits = text.replace(".", "").replace(",", "")
        grouped = re.fullmatch(r"\d{1,3}([.,]\d{3})+|\d+", text)
        if not grouped or int(digits) > MOST_MONEY:
            raise forms.ValidationError(
                gettext("Hãy nhập số tiền bằng đồng, không có phần lẻ, ví dụ 1.500.000.")
            )
        return int(digits)


class PlanForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị ban hành"))
    title = forms.CharField(label=_("Tên kế hoạch"), max_length=250)
    decision_number = forms.CharField(
        label=_("Số quyết định"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: 1210/QĐ-UBND. Bản thảo chưa cần số và ngày."),
    )
    decision_date = DayField(first_year=FIRST_YEAR, label=_("Ngày quyết định"), required=False)
    legal_basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một văn bản."),
    )
    starts_on = DayField(first_year=FIRST_YEAR, label=_("Thực hiện từ ngày"))
    ends_on = DayField(first_year=FIRST_YEAR, label=_("Đến hết ngày"))
    target_groups = forms.MultipleChoiceField(
        label=_("Đối tượng"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    programmes = RowsField(
        Programme.objects.none(),
        label=_("Chương trình"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    document = forms.FileField(label=_("Văn bản kèm theo"), max_length=400, required=False)
    copy_quotas = forms.BooleanField(
        label=_("Lấy cả chỉ tiêu của kế hoạch trước làm số đề xuất"), required=False, initial=True
    )
    reason = forms.CharField(label=_("Lý do điều chỉnh"), max_length=300)

    def __init__(
        self,
        *args: Any,
        user: User,
        plan: Plan | None = None,
        source: Plan | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        for value, label in PlanBudget.Source.choices:
            self.fields[f"money_{value}"] = MoneyField(
                label=_("Kinh phí (đồng): %(source)s") % {"source": label}, required=False
            )
        self.fields["document"].widget.attrs["accept"] = ",".join(f".{d}" for d in DOCUMENTS)
        choices = self.fields["programmes"]
        assert isinstance(choices, RowsField)
        choices.queryset = programmes_usable(user)
        if source is None:
            del self.fields["copy_quotas"]
        if plan is None or plan.state == Plan.State.DRAFT:
            del self.fields["reason"]
        if plan is not None:
            del self.fields["unit"]
            choices.queryset = (choices.queryset | plan.programmes.all()).distinct()
            if plan.document is not None:
                kept = {"name": plan.document.name}
                self.fields["document"].label = _("Thay văn bản (đang dùng: %(name)s)") % kept
            return
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = choosable_units(user)
        units.initial = units.queryset.first()

    def plan_fields(self, actor: User) -> PlanFields:
        """Raises FileRefused for the document."""
        data = self.cleaned_data
        sources = PlanBudget.Source.values
        return PlanFields(
            title=data["title"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            decision_number=data["decision_number"],
            decision_date=data["decision_date"],
            legal_basis=data["legal_basis"],
            programmes=list(data["programmes"]),
            target_groups=data["target_groups"],
            budget={source: data[f"money_{source}"] for source in sources},
            document=self._document(actor),
        )

    def _document(self, actor: User) -> StoredFile | None:
        upload = self.cleaned_data["document"]
        if upload is None:
            return self.plan.document if self.plan else None
        return store_upload(upload=upload, allowed=DOCUMENTS, actor=actor)


def initial_of(plan: Plan) -> dict[str, Any]:
    names = (
        "title",
        "decision_number",
        "decision_date",
        "legal_basis",
        "starts_on",
        "ends_on",
        "target_groups",
    )
    budget = {f"money_{b.source}": f"{b.amount:,}".replace(",", ".") for b in plan.budgets.all()}
    values = {name: getattr(plan, name) for name in names}
    return {**values, **budget, "programmes": plan.programmes.all()}
