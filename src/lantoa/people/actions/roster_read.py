"""Reading a roster's file into rows that say what each would do: the dry run."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.accounts.queries import PERSONAL_NUMBER, personal_number_hash
from lantoa.files.actions import discard
from lantoa.kernel import bulk, clock
from lantoa.kernel.secrets import encrypt
from lantoa.people.models import RosterImport, RosterRow, Unit
from lantoa.people.queries.roster_judging import Judge, codes_of, search_key_of
from lantoa.people.queries.roster_reach import UnitsBelow, units_below
from lantoa.people.rosters import (
    Field,
    ParsedRoster,
    ParsedRow,
    ParsedSheet,
    RosterRefused,
    SheetOverride,
    parse_roster,
)
from lantoa.people.rosters.stored import said_of, stored_issue, stored_values, without_numbers

Say = Callable[[int, int, str], None]
STEPS: Final = 4
_WRITTEN: Final = (
    "roster_import", "position", "sheet", "row_number", "state", "name", "search_key", "values",
    "changes", "issues", "codes", "unit", "person", "choices", "decision", "accepted", "applied",
)  # fmt: skip
_NUMBERS_SHOWN: Final = 9


class Reading:
    """A file read and judged, not yet kept."""

    def __init__(self, sheets: list[dict[str, Any]], rows: list[RosterRow], judge: Judge) -> None:
        self.sheets = sheets
        self.rows = rows
        self.judge = judge

    @property
    def summary(self) -> dict[str, Any]:
        told = ((row.state, row.sheet, row.codes, row.accepted) for row in self.rows)
        return {"sheets": self.sheets, **counted(told)}


def read_file(
    *,
    data: bytes,
    name: str,
    unit: Unit,
    actor: User | None,
    mapping: Mapping[str, Any],
    decisions: Mapping[tuple[str, int], dict[str, Any]] | None = None,
    say: Say = lambda _done, _total, _text: None,
) -> Reading:
    """Read and judge a roster for a unit; writes nothing. `decisions` of an earlier reading are
    kept by sheet and row. Raises RosterRefused."""
    say(0, STEPS, _("Đang đọc tệp"))
    parsed = parse_roster(data, name, overrides_of(mapping), as_of=clock.today())
    say(1, STEPS, _("Đang đối chiếu với dữ liệu hiện có"))
    below = units_below(unit)
    sheets = [_told_of(sheet, below) for sheet in parsed.sheets]
    rows = _rows(parsed, decisions or {})
    suggested = {sheet["name"]: sheet["suggested_unit"] for sheet in sheets}
    judge = Judge(actor, below, mapping, suggested)
    judge.judge(rows)
    say(2, STEPS, _("Đang ghi kết quả đối chiếu"))
    return Reading(sheets, rows, judge)


def read_roster(
    *, roster: RosterImport, actor: User | None, say: Say = lambda _done, _total, _text: None
) -> None:
    """The dry run of a stored file; decisions made before stay. Refused, nothing of it is kept."""
    assert roster.file is not None
    data = (Path(settings.MEDIA_ROOT) / roster.file.path).read_bytes()
    decided = roster.rows.exclude(decision={})
    decisions = {(row.sheet, row.row_number): row.decision for row in decided}
    try:
        reading = read_file(
            data=data, name=roster.name, unit=roster.unit, actor=actor, mapping=roster.mapping,
            decisions=decisions, say=say,
        )  # fmt: skip
    except RosterRefused as refused:
        _refuse(roster, refused, actor)
        return
    keep_reading(roster=roster, reading=reading)
    say(STEPS, STEPS, "")


@transaction.atomic(savepoint=False)
def keep_reading(*, roster: RosterImport, reading: Reading) -> None:
    """Store the rows in the place of those read before."""
    RosterRow.objects.filter(roster_import=roster).delete()
    bulk.insert(RosterRow, _WRITTEN, (_columns(roster, row) for row in reading.rows))
    roster.summary = reading.summary
    roster.state = RosterImport.State.READY
    roster.save(update_fields=["summary", "state"])


@transaction.atomic
def _refuse(roster: RosterImport, refused: RosterRefused, actor: User | None) -> None:
    stored, roster.file = roster.file, None
    roster.state = RosterImport.State.REFUSED
    roster.refusal = (_(refused.template) % refused.params)[:400]
    roster.rows.all().delete()
    roster.save(update_fields=["file", "state", "refusal"])
    if stored is not None:
        discard(stored=stored, actor=actor)


def _columns(roster: RosterImport, row: RosterRow) -> list[Any]:
    return [
        roster.pk, row.position, row.sheet, row.row_number, str(row.state), row.name,
        row.search_key, row.values, row.changes, row.issues, row.codes, row.unit_id,
        row.person_id, row.choices, row.decision, row.accepted, False,
    ]  # fmt: skip


def counted(rows: Iterable[tuple[str, str, str, bool]]) -> dict[str, Any]:
    """Counts of (state, sheet, codes, accepted): by state, by sheet, by reason; what a coordinator
    leaves out is counted apart."""
    states: Counter[str] = Counter()
    sheets: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    left = 0
    for state, sheet, said, accepted in rows:
        sheets[sheet] += 1
        codes.update(said.split())
        if accepted:
            states[str(state)] += 1
        else:
            left += 1
    counts = {state: states[state] for state in RosterRow.State.values}
    return {"states": counts, "left": left, "rows": dict(sheets), "codes": dict(codes)}


def overrides_of(mapping: Mapping[str, Any]) -> dict[str, SheetOverride]:
    return {
        name: SheetOverride(
            {letter: Field(value) for letter, value in told.get("columns", {}).items()},
            told.get("header_row"),
            told.get("read"),
        )
        for name, told in mapping.get("sheets", {}).items()
    }


def _rows(
    parsed: ParsedRoster, decisions: Mapping[tuple[str, int], dict[str, Any]]
) -> list[RosterRow]:
    return [
        _row(row, position, decisions.get((row.sheet, row.row_number), {}))
        for position, row in enumerate(parsed.rows)
    ]


def _row(row: ParsedRow, position: int, decision: dict[str, Any]) -> RosterRow:
    values = stored_values(row)
    if number := row.values.personal_number:
        values["number"] = encrypt(settings.SECRET_KEY, PERSONAL_NUMBER, number)
        values["number_hash"] = personal_number_hash(number)
        values["number_end"] = number[-3:]
    issues = [stored_issue(issue) for issue in row.issues]
    return RosterRow(
        position=position,
        sheet=row.sheet,
        row_number=row.row_number,
        state=RosterRow.State.DOUBTFUL,
        name=row.values.name.full[:150],
        search_key=search_key_of(said_of(values)),
        values=values,
        issues=issues,
        codes=codes_of(issues),
        decision=decision,
        accepted=decision.get("take") is not False,
    )


def _told_of(sheet: ParsedSheet, below: UnitsBelow) -> dict[str, Any]:
    """What the page of sheets and columns shows; no values of people but masked samples."""
    skipped = Counter(row.kind.value for row in sheet.skipped)
    return {
        "name": sheet.name,
        "header_row": sheet.header_row,
        "rows": sheet.report.rows_read,
        "claimed": sheet.report.claimed,
        "duplicates": sheet.report.duplicates,
        "issues": [stored_issue(issue) for issue in sheet.issues],
        "skipped": dict(skipped),
        "suggested_unit": _named_unit([sheet.name, *sheet.heading], below),
        "sections": any(row.section for row in sheet.rows),
        "columns": [
            {
                "letter": column.letter,
                "header": column.header[:100],
                "field": column.field.value,
                "confidence": column.confidence,
                "samples": [_sample(text, column.field) for text in column.samples],
            }
            for column in sheet.columns
        ],
    }


def _sample(text: str, field: Field) -> str:
    if field is Field.PERSONAL_NUMBER or (
        field is not Field.PHONE and sum(c.isdigit() for c in text) >= _NUMBERS_SHOWN
    ):
        return "•" * max(0, len(text) - 3) + text[-3:]
    return without_numbers(text)


def _named_unit(texts: Sequence[str], below: UnitsBelow) -> int | None:
    """The one unit that a sheet's name and title lines name; the importing unit only when they
    name no other."""
    found = {below.matcher.match(text).id for text in texts} - {None}
    others = found - {below.root}
    if len(others) == 1:
        return others.pop()
    return below.root if found == {below.root} else None
