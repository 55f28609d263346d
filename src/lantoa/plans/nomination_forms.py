"""Fields of a call for names and of the decision on a list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.plans.forms import FIRST_YEAR
from lantoa.plans.models import Nomination
from lantoa.web.fields import DayField

State = Nomination.State
DECISIONS = [(state.value, state.label) for state in (State.APPROVED, State.WAITING, State.TRIMMED)]


class CallForm(forms.Form):
    due_on = DayField(first_year=FIRST_YEAR, label=_("Hạn đề cử"))
    note = forms.CharField(label=_("Lời nhắn cho các đơn vị"), max_length=300, required=False)


class DecisionForm(forms.Form):
    """A choice for each name; as many as there are places begin approved, the rest wait."""

    comment = forms.CharField(label=_("Ý kiến gửi đơn vị"), max_length=300, required=False)

    def __init__(self, data: Any, rows: Sequence[Nomination], places: int | None) -> None:
        super().__init__(data)
        self.rows = list(rows)
        for place, row in enumerate(self.rows):
            fits = places is None or place < places
            self.fields[f"n{row.pk}"] = forms.ChoiceField(
                label=row.person.full_name,
                choices=DECISIONS,
                initial=State.APPROVED if fits else State.WAITING,
            )

    def lines(self) -> list[tuple[Nomination, forms.BoundField]]:
        return [(row, self[f"n{row.pk}"]) for row in self.rows]

    def states(self) -> dict[int, str]:
        return {row.pk: self.cleaned_data[f"n{row.pk}"] for row in self.rows}
