"""Forms of the pages on which items come in and go out."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.exchange.door import extensions
from lantoa.items.exchange.rows import Said
from lantoa.items.forms import ClassificationForm
from lantoa.items.kinds import kinds
from lantoa.items.models import ItemImport, ItemImportRow
from lantoa.items.queries.imports import LEFT, RowFilter
from lantoa.people.models import Unit

ALL = "all"
ATTENTION = (ItemImportRow.State.WRONG, ItemImportRow.State.SIMILAR)


class ImportForm(ClassificationForm):
    """The file, the unit whose bank it goes into, and what counts where the file says nothing."""

    file = forms.FileField(
        label=gettext_lazy("Tệp câu hỏi"),
        help_text=gettext_lazy(
            "Bảng tính theo mẫu (.xlsx, .xls, .ods, .csv), Moodle XML (.xml), GIFT, Aiken (.txt)."
        ),
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, units=units, **kwargs)
        for name in [name for name in self.fields if name not in ORDER]:
            del self.fields[name]  # what a single item is described by beside these
        self.order_fields(ORDER)
        self.fields["file"].widget.attrs["accept"] = ",".join(extensions())
        self.fields["unit"].help_text = _("Câu hỏi vào ngân hàng của đơn vị này, là bản nháp.")
        said = _("Dùng cho câu mà tệp không ghi, hoặc ghi chuyên đề không có.")
        self.fields["topic"].help_text = said
        for name in ("level", "purpose"):
            self.fields[name].help_text = _("Dùng cho câu mà tệp không ghi.")


ORDER = ["file", "unit", "topic", "level", "purpose"]


class RowSearch(forms.Form):
    """The filters of an import's rows, kept in the address."""

    q = forms.CharField(label=gettext_lazy("Từ hoặc số hàng"), required=False, max_length=100)
    state = forms.CharField(required=False, max_length=10)
    kind = forms.ChoiceField(label=gettext_lazy("Dạng"), required=False)
    reason = forms.ChoiceField(label=gettext_lazy("Lý do"), required=False)

    def __init__(self, *args: Any, of: ItemImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        labels = {kind.name: str(kind.label).capitalize() for kind in kinds()}
        counts = of.summary.get("kinds", {})
        named = [(kind, f"{labels.get(kind, kind)} ({count})") for kind, count in counts.items()]
        reasons = [
            (code, f"{Said.from_stored(kept).general[:90]} ({count})")
            for code, kept, count in of.summary.get("reasons", [])
        ]
        _choose(self.fields["kind"], [("", _("Mọi dạng")), *named])
        _choose(self.fields["reason"], [("", _("Mọi lý do")), *reasons])

    def wanted(self) -> RowFilter:
        """What was asked; without a state, what needs attention first."""
        self.is_valid()
        data = self.cleaned_data
        asked = data.get("state", "")
        kind, reason, text = (data.get(name, "") for name in ("kind", "reason", "q"))
        known = asked in (*ItemImportRow.State.values, LEFT)
        if not known and asked != ALL and not (kind or reason or text):
            states = self.of.summary.get("states", {})
            asked = next((state.value for state in ATTENTION if states.get(state.value)), ALL)
        elif not known:
            asked = ALL
        return RowFilter("" if asked == ALL else asked, kind, reason, text)


def _choose(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
