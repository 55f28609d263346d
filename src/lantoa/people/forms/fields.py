"""Fields that several forms of this domain share."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.people.queries.units import match_unit
from lantoa.web.fields import DayField

EARLIEST = date(1900, 1, 1)
_YEAR = re.compile(r"\d{4}")


class BirthField(forms.CharField):
    """dd/mm/yyyy, or only a year: a pair (date or None, year or None)."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"class": "lt-short", "inputmode": "numeric"})
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip()
        if not typed:
            return None, None
        if _YEAR.fullmatch(typed):
            return None, self._in_range(date(max(1, int(typed)), 12, 31)).year
        day = DayField().clean(typed)
        return self._in_range(day), day.year

    def _in_range(self, day: date) -> date:
        if not EARLIEST <= day <= date(clock.today().year, 12, 31):
            raise forms.ValidationError(_("Năm sinh này không đúng."))
        return day


class UnitInput(forms.TextInput):
    """A text field that proposes units while one types; without script it is typed in full."""

    template_name = "people/unit_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options_id = f"{context['widget']['attrs'].get('id', name)}_options"
        context["options_id"] = options_id
        context["options_url"] = reverse_lazy("people:unit-options")
        context["widget"]["attrs"] |= {"list": options_id, "autocomplete": "off"}
        return context


class UnitField(forms.CharField):
    """A unit in reach by its code or name. The form sets `units`; unclear words list what fits."""

    units: QuerySet[Unit]

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", gettext_lazy("Gõ tên hoặc mã, rồi chọn trong danh sách."))
        super().__init__(widget=UnitInput, **options)
        self.units = Unit.objects.none()

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = match_unit(self.units, typed)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Không có đơn vị này trong phạm vi của anh/chị."))
        names = "; ".join(label_of(unit) for unit in found[:5])
        raise forms.ValidationError(_("Có nhiều đơn vị khớp, hãy chọn một: %s") % names)

    def prepare_value(self, value: Any) -> Any:
        return label_of(value) if isinstance(value, Unit) else value


def label_of(unit: Unit) -> str:
    """ "05440 · Xã Phú Đình": what the unit field shows and takes."""
    return f"{unit.code} · {unit.name}" if unit.code else unit.name
