"""Fields of plans, quotas, cohorts and choices of people; what is typed wrong stays and is said."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.kernel.row_ids import row_id
from lantoa.people.models import Person, Unit, UnitLink
from lantoa.plans.models import Plan, PlannedCohort
from lantoa.plans.permissions import managed_units
from lantoa.plans.queries.choices import Choice
from lantoa.plans.queries.plans import units_managed
from lantoa.programmes.models import Programme
from lantoa.web.fields import DayField

# No plan for digital transformation is older.
FIRST_YEAR = 2000


def choosable_units(user: User, under: Unit | None = None) -> Any:
    """Units to choose from in a list: the highest managed ones and what stands directly below."""
    managed = units_managed(user)
    if under is not None:
        managed = managed.filter(pk__in=UnitLink.objects.filter(ancestor=under).values("unit_id"))
    tops = managed.exclude(parent__in=managed_units(user))
    if under is not None:
        tops = tops | managed.filter(pk=under.pk)
    near = UnitLink.objects.filter(ancestor__in=tops.values("pk"), depth__lte=1).values("unit_id")
    first = Case(When(pk__in=tops.values("pk"), then=0), default=1)
    return managed.filter(pk__in=near).order_by(first, "kind", "sort_key")


class CohortForm(forms.Form):
    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Chương trình"))
    name = forms.CharField(
        label=_("Tên đợt"), max_length=200, help_text=_("Ví dụ: Đợt 1 năm 2022.")
    )
    opens_on = DayField(first_year=FIRST_YEAR, label=_("Mở từ ngày"))
    closes_on = DayField(
        first_year=FIRST_YEAR,
        label=_("Đến hết ngày"),
        help_text=_("Sau ngày này, ai chưa hoàn thành là trễ hạn."),
    )

    def __init__(self, *args: Any, plan: Plan, cohort: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cohort:
            del self.fields["programme"]
            return
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = plan.programmes.order_by("title")
        if field.queryset.count() == 1:
            field.initial = field.queryset.get()


class PasteForm(forms.Form):
    pasted = forms.CharField(
        label=_("Dán từ bảng tính"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=500_000,
        help_text=_(
            "Mỗi dòng: tên hoặc mã đơn vị, phím Tab, số người. Chép thẳng hai cột từ Excel."
        ),
    )


LEADERS = [("", _("Tất cả")), ("yes", _("Chỉ lãnh đạo, quản lý")), ("no", _("Trừ lãnh đạo"))]


class ChoiceForm(forms.Form):
    """Whom to enrol, by unit and group."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị"))
    below = forms.BooleanField(label=_("Gồm cả đơn vị bên dưới"), required=False, initial=True)
    categories = forms.MultipleChoiceField(
        label=_("Đối tượng"),
        choices=Person.Category.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Không chọn ô nào là lấy tất cả."),
    )
    leaders = forms.ChoiceField(label=_("Lãnh đạo, quản lý"), choices=LEADERS, required=False)
    specialism = forms.ChoiceField(
        label=_("Chuyên trách CNTT, chuyển đổi số"),
        choices=[("", _("Tất cả")), *Person.Specialism.choices],
        required=False,
    )
    title = forms.CharField(
        label=_("Chức vụ có chữ"), max_length=60, required=False, help_text=_("Ví dụ: Chủ tịch.")
    )

    def __init__(self, *args: Any, user: User, planned: PlannedCohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choosable_units(user, planned.cohort.unit)
        field.initial = field.queryset.first()
        field.empty_label = None

    def choice(self) -> Choice:
        data = self.cleaned_data
        return Choice(
            unit=data["unit"].pk,
            below=data["below"],
            categories=tuple(data["categories"]),
            leaders=data["leaders"],
            specialism=data["specialism"],
            title=data["title"],
        )

    def words(self) -> str:
        """The choice as a sentence for the batch's record."""
        data = self.cleaned_data
        parts = [str(data["unit"])]
        if not data["below"]:
            parts.append(str(_("không gồm đơn vị bên dưới")))
        labels = dict(Person.Category.choices)
        parts += [str(labels[c]) for c in data["categories"]]
        parts += [str(dict(LEADERS)[data["leaders"]])] if data["leaders"] else []
        if data["specialism"]:
            parts.append(str(Person.Specialism(data["specialism"]).label))
        parts += [f"“{data['title']}”"] if data["title"] else []
        return " · ".join(parts)


def window_initial(params: Any) -> dict[str, Any]:
    """A window proposed in the address (a preset's), where it makes sense."""
    initial: dict[str, Any] = {"name": str(params.get("name", ""))[:200]}
    for key in ("opens_on", "closes_on"):
        try:
            initial[key] = date.fromisoformat(params.get(key, ""))
        except ValueError:
            continue
    if programme := row_id(params.get("programme")):
        initial["programme"] = programme
    return initial
