"""Uploading a roster, how to read its sheets, and deciding about a row."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.accounts.models import User
from lantoa.people.forms.fields import UnitField
from lantoa.people.models import RoleGrant, RosterImport, RosterRow, Unit
from lantoa.people.permissions import units_within
from lantoa.people.queries.rosters import LEFT, RowFilter, reasons_of
from lantoa.people.queries.units import subtree
from lantoa.people.rosters import FIELD_LABELS, Field

ALL = "all"


class RosterForm(forms.Form):
    """The file and the unit that sends it."""

    file = forms.FileField(
        label=gettext_lazy("Tệp danh sách"),
        help_text=gettext_lazy("Excel (.xlsx, .xls), .ods hoặc .csv, đúng như đơn vị gửi."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        error_messages={"empty": gettext_lazy("Tệp này rỗng, không có gì bên trong.")},
    )
    unit = UnitField(
        label=gettext_lazy("Đơn vị gửi danh sách"),
        help_text=gettext_lazy("Người trong tệp thuộc đơn vị này hoặc các đơn vị dưới nó."),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        _within(self.fields["unit"], units_within(user, RoleGrant.Role.COORDINATOR))


class RowSearch(forms.Form):
    """The filters of an import's rows, kept in the address."""

    q = forms.CharField(label=gettext_lazy("Tên hoặc số hàng"), required=False, max_length=100)
    state = forms.CharField(required=False, max_length=10)
    sheet = forms.ChoiceField(label=gettext_lazy("Trang tính"), required=False)
    reason = forms.ChoiceField(label=gettext_lazy("Lý do"), required=False)

    def __init__(self, *args: Any, roster: RosterImport, **options: Any) -> None:
        super().__init__(*args, **options)
        self.roster = roster
        rows: Mapping[str, int] = roster.summary.get("rows", {})
        sheets = [(name, f"{name} ({count})") for name, count in rows.items()]
        _choose(self.fields["sheet"], [("", _("Mọi trang")), *sheets])
        reasons = [(code, f"{text} ({count})") for code, text, count in reasons_of(roster)]
        _choose(self.fields["reason"], [("", _("Mọi lý do")), *reasons])

    def wanted(self) -> RowFilter:
        """What was asked; without a state, what needs attention first."""
        self.is_valid()
        data = self.cleaned_data
        asked = data.get("state", "")
        known = asked in (*RosterRow.State.values, LEFT)
        sheet, reason, text = (data.get(name, "") for name in ("sheet", "reason", "q"))
        if not known and asked != ALL and not (sheet or reason or text):
            asked = self._first_concern()
        return RowFilter("" if asked == ALL or not asked else asked, sheet, reason, text)

    def _first_concern(self) -> str:
        states: Mapping[str, int] = self.roster.summary.get("states", {})
        wanted = (RosterRow.State.DOUBTFUL, RosterRow.State.WRONG)
        return next((str(state) for state in wanted if states.get(state)), ALL)


class DecisionForm(forms.Form):
    """One row: taken in (as whom, where), left out, or undecided again."""

    decision = forms.ChoiceField(choices=[(name, name) for name in ("take", "leave", "reset")])
    person = forms.IntegerField(required=False, min_value=0)
    unit = forms.IntegerField(required=False, min_value=1)
    other_unit = UnitField(required=False, help_text="")
    everywhere = forms.BooleanField(required=False)

    def __init__(self, *args: Any, row: RosterRow, roster: RosterImport, **options: Any) -> None:
        super().__init__(*args, **options)
        self.row = row
        self.units = subtree(roster.unit)
        _within(self.fields["other_unit"], self.units)

    def clean_person(self) -> int | None:
        person: int | None = self.cleaned_data["person"]
        if person and person not in self.row.choices.get("persons", ()):
            raise forms.ValidationError(_("Hãy chọn một trong những người được gợi ý."))
        return person

    def clean_unit(self) -> int | None:
        unit: int | None = self.cleaned_data["unit"]
        if unit is not None and not self.units.filter(pk=unit).exists():
            raise forms.ValidationError(_("Không có đơn vị này trong phạm vi của anh/chị."))
        return unit

    def chosen_unit(self) -> int | None:
        other: Unit | None = self.cleaned_data["other_unit"]
        unit: int | None = self.cleaned_data["unit"]
        return other.pk if other else unit


class SheetsForm(forms.Form):
    """How each sheet is read: in or out, where its header is, what its columns are, which unit
    its people are of when their rows don't say."""

    def __init__(self, *args: Any, roster: RosterImport, **options: Any) -> None:
        super().__init__(*args, **options)
        self.roster = roster
        self.sheets: Sequence[Mapping[str, Any]] = roster.summary.get("sheets", [])
        self.known = roster.mapping.get("sheets", {})
        units = subtree(roster.unit)
        named = units.in_bulk([told.get("unit") for told in self.known.values()
                               if isinstance(told.get("unit"), int)])  # fmt: skip
        for number, sheet in enumerate(self.sheets):
            told = self.known.get(sheet["name"], {})
            self._add_sheet(f"s{number}", sheet, told, units, named.get(told.get("unit")))

    def _add_sheet(
        self,
        prefix: str,
        sheet: Mapping[str, Any],
        told: Mapping[str, Any],
        units: QuerySet[Unit],
        unit: Unit | None,
    ) -> None:
        self.fields[f"{prefix}-read"] = forms.BooleanField(
            label=_("Đọc trang này"), required=False, initial=is_read(sheet, told)
        )
        self.fields[f"{prefix}-header"] = forms.IntegerField(
            label=_("Hàng tiêu đề"),
            help_text=_("Số hàng trong tệp; 0 nếu không có."),
            required=False,
            min_value=0,
            max_value=60_000,
            initial=sheet["header_row"],
            widget=forms.NumberInput(attrs={"class": "lt-short"}),
        )
        field = UnitField(
            label=_("Đơn vị của những hàng không ghi đơn vị"),
            required=False,
            initial=unit,
            help_text=_("Gõ tên hoặc mã rồi chọn; để trống nếu mỗi hàng đã ghi đơn vị."),
        )
        field.units = units
        self.fields[f"{prefix}-unit"] = field
        if sheet.get("sections"):
            self.fields[f"{prefix}-sections"] = forms.BooleanField(
                label=_("Lấy đơn vị theo các mục trong trang"),
                required=False,
                initial=told.get("unit") == "sections",
            )
        choices = [(field.value, _(label)) for field, label in FIELD_LABELS.items()]
        for column in sheet["columns"]:
            self.fields[f"{prefix}-c{column['letter']}"] = forms.ChoiceField(
                label=_("Cột %(letter)s là") % {"letter": column["letter"]},
                choices=choices,
                initial=column["field"],
            )

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        for number, sheet in enumerate(self.sheets):
            used: dict[str, str] = {}
            for column in sheet["columns"]:
                name = f"s{number}-c{column['letter']}"
                chosen = data.get(name)
                if chosen in used and chosen != Field.IGNORE:
                    message = _("Cột %(letter)s đã là nội dung này.") % {"letter": used[chosen]}
                    self.add_error(name, message)
                elif chosen:
                    used[chosen] = column["letter"]
        return data

    def mapping(self) -> dict[str, Any]:
        """The import's mapping with what was set here instead of the guesses."""
        told = {
            sheet["name"]: self._told(f"s{number}", sheet)
            for number, sheet in enumerate(self.sheets)
        }
        return {**self.roster.mapping, "sheets": told}

    def _told(self, prefix: str, sheet: Mapping[str, Any]) -> dict[str, Any]:
        before = self.known.get(sheet["name"], {})
        data = self.cleaned_data
        columns = dict(before.get("columns", {}))
        for column in sheet["columns"]:
            chosen = data[f"{prefix}-c{column['letter']}"]
            if chosen != column["field"]:
                columns[column["letter"]] = chosen
        told: dict[str, Any] = {**before, "columns": columns}
        header = data[f"{prefix}-header"]
        if header is not None and header != sheet["header_row"]:
            told["header_row"] = header
        if data[f"{prefix}-read"] != is_read(sheet, before):
            told["read"] = data[f"{prefix}-read"]
        unit: Unit | None = data[f"{prefix}-unit"]
        sections = data.get(f"{prefix}-sections")
        told["unit"] = unit.pk if unit else ("sections" if sections else None)
        return told


def is_read(sheet: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    if told.get("read") is not None:
        return bool(told["read"])
    return all(issue["code"] != "sheet_hidden" for issue in sheet["issues"])


def _within(field: forms.Field, units: QuerySet[Unit]) -> None:
    assert isinstance(field, UnitField)
    field.units = units


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
