from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ModelMultipleChoiceField

from lantoa.kernel.row_ids import row_ids


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
