"""Fields that forms of several domains share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import DateField, DateInput, ModelMultipleChoiceField

from lantoa.kernel.row_ids import row_ids

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class DayField(DateField):
    """A day typed as dd/mm/yyyy: a browser's own picker would show it in the phone's language."""

    def __init__(self, **options: Any) -> None:
        widget = DateInput(
            format=DAY_FORMATS[0],
            attrs={"class": "lt-short", "inputmode": "numeric", "placeholder": "dd/mm/yyyy"},
        )
        super().__init__(input_formats=DAY_FORMATS, **{"widget": widget, **options})


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
