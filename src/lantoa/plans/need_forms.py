"""Fields of a review of needs and of a unit's statement."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.people.models import Unit
from lantoa.plans.forms import FIRST_YEAR, choosable_units
from lantoa.plans.models.plans import TargetGroup
from lantoa.plans.queries.plans import programmes_usable
from lantoa.plans.quota_forms import CountField
from lantoa.programmes.models import Programme
from lantoa.web.fields import LAST_YEAR, DayField, RowsField


class ReviewForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị rà soát"))
    title = forms.CharField(
        label=_("Tên đợt rà soát"),
        max_length=200,
        help_text=_("Ví dụ: Rà soát nhu cầu đào tạo năm 2027."),
    )
    year = forms.IntegerField(
        label=_("Cho năm"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "lt-short"}),
    )
    due_on = DayField(first_year=FIRST_YEAR, label=_("Hạn kê khai"))
    programmes = RowsField(
        Programme.objects.none(), label=_("Chương trình"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = choosable_units(user)
        units.initial = units.queryset.first()
        programmes = self.fields["programmes"]
        assert isinstance(programmes, RowsField)
        programmes.queryset = programmes_usable(user)


class StatementForm(forms.Form):
    """A number for each programme and group; an empty one is none."""

    def __init__(
        self,
        *args: Any,
        programmes: list[Programme],
        needs: Mapping[tuple[int, str], int],
        note: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = programmes
        for programme in programmes:
            for group, label in TargetGroup.choices:
                held = needs.get((programme.pk, group))
                self.fields[f"n{programme.pk}_{group}"] = CountField(
                    label=label,
                    required=False,
                    initial=f"{held:,}".replace(",", ".") if held else "",
                )
        self.fields["note"] = forms.CharField(
            label=_("Ghi chú"), max_length=500, required=False, initial=note
        )

    def blocks(self) -> list[tuple[Programme, list[forms.BoundField]]]:
        """Programme by programme, as the page shows them."""
        return [
            (programme, [self[f"n{programme.pk}_{group}"] for group in TargetGroup.values])
            for programme in self.programmes
        ]

    def counts(self) -> dict[tuple[int, str], int]:
        found = {
            (programme.pk, group): self.cleaned_data[f"n{programme.pk}_{group}"]
            for programme in self.programmes
            for group in TargetGroup.values
        }
        return {key: count for key, count in found.items() if count}
