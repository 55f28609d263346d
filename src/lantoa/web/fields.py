"""Fields that forms of several domains share."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import DateField, DateInput, ModelMultipleChoiceField
from django.utils.translation import gettext as _

from lantoa.kernel.row_ids import row_ids

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


LAST_YEAR = 2100


class DayField(DateField):
    """A day typed as dd/mm/yyyy: a browser's own picker would show it in the phone's language.
    Years that nobody means (0026, 9999) are refused; `first_year` is the earliest meant."""

    def __init__(self, *, first_year: int = 1900, **options: Any) -> None:
        self.first_year = first_year
        widget = DateInput(
            format=DAY_FORMATS[0],
            attrs={"class": "lt-short", "inputmode": "numeric", "placeholder": "dd/mm/yyyy"},
        )
        super().__init__(input_formats=DAY_FORMATS, **{"widget": widget, **options})

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day is not None and not self.first_year <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("Năm phải từ %(first)s đến %(last)s.")
                % {"first": self.first_year, "last": LAST_YEAR}
            )
        return day


class RowsField(ModelMultipleChoiceField[Any]):
    """Several rows to tick. What can't be an id is no choice; the database is not asked about it
    (it falls over numbers of 30 digits)."""

    def clean(self, value: Any) -> Any:
        given = [str(each) for each in value or ()]
        if len(row_ids(given)) < len(given):
            raise ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", params={"value": ""}
            )
        return super().clean(value)
