"""What each row of a roster would do, by what the register holds now. Sets it on the rows and
writes nothing; reading, a decision and applying all come through here."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from lantoa.accounts.models import User
from lantoa.kernel.text import fold
from lantoa.people.models import RosterImport, RosterRow, UnitLink
from lantoa.people.permissions import beyond_recovery
from lantoa.people.queries.roster_reach import (
    People,
    UnitsBelow,
    Wanted,
    batches,
    find_people,
    units_below,
)
from lantoa.people.rosters import Field, Issue, Level
from lantoa.people.rosters.changes import Change, Said, differences
from lantoa.people.rosters.match_messages import MATCHING
from lantoa.people.rosters.people import Asked, Found, Known, find_person
from lantoa.people.rosters.stored import said_of, stored_issue

State = RosterRow.State
# Said by the matching, so said anew each time; the rest was said by the reading and stays.
SAID_HERE: Final = frozenset(MATCHING) | {
    "unit_missing", "unit_unknown", "unit_similar", "unit_several", "unit_other_kind",
    "unit_old_name",
}  # fmt: skip
# What an account is signed in by: its column, and what is said when somebody else has it.
SIGN_IN: Final = {
    Field.PHONE: ("phone", "phone_taken"),
    Field.EMAIL: ("email", "email_taken"),
    Field.PERSONAL_NUMBER: ("personal_number_hash", "personal_number_taken"),
}
_NUMBERING: Final = re.compile(r"^(?:[IVX]+|[A-ZĐ]|\d{1,2})[.)\-:\s]+(?=\S)")
_NUMBER_THERE: Final = "•" * 12


class Place(NamedTuple):
    """The unit of a row; `stated` when the row or a coordinator names it."""

    unit_id: int | None
    stated: bool
    issue: Issue | None = None
    suggestions: tuple[int, ...] = ()


@dataclass(slots=True)
class Case:
    """One row while it is judged."""

    row: RosterRow
    said: Said
    place: Place
    known: Known | None = None
    changes: dict[Field, Change] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    persons: tuple[Known, ...] = ()


@dataclass
class Judge:
    """`mapping` is the import's own; `suggested`: sheet -> unit that its title names."""

    actor: User | None
    below: UnitsBelow
    mapping: Mapping[str, Any]
    suggested: Mapping[str, int | None]
    _under: dict[int, frozenset[int]] = field(default_factory=dict)

    def judge(
        self, rows: Sequence[RosterRow], claimed: Mapping[int, tuple[str, int]] | None = None
    ) -> None:
        """Set state, person, unit, changes, issues and choices of each row. `claimed`: people
        whom other rows of the file mean already (sheet and row number)."""
        cases = [self._case(row) for row in rows if "duplicate_of" not in row.values]
        people = find_people(self.actor, wanted_of(cases))
        taken = dict(claimed or {})
        for case in cases:
            self._identify(case, people)
            self._compare(case, people, taken)
        self._guard_sign_in([c for c in cases if c.known and c.known.user_id])
        for case in cases:
            _settle(case)
        for row in rows:
            if "duplicate_of" in row.values:
                row.state, row.codes = State.SAME, codes_of(row.issues)

    def _case(self, row: RosterRow) -> Case:
        return Case(row, said_of(row.values), self._place(row))

    # ---- where ----

    def _place(self, row: RosterRow) -> Place:
        names = self.below.names
        text = row.values.get("unit", "")
        for chosen in (row.decision.get("unit"), self.mapping.get("units", {}).get(text)):
            if chosen in names:
                return Place(chosen, stated=True)
        if not text:
            return self._unstated(row)
        match = self.below.matcher.match(text)
        return Place(match.id, True, match.issue, tuple(unit.id for unit in match.suggestions))

    def _unstated(self, row: RosterRow) -> Place:
        """From what a coordinator set for the sheet; else what its lines say, to be confirmed."""
        chosen = self.mapping.get("sheets", {}).get(row.sheet, {}).get("unit")
        if chosen in self.below.names:
            return Place(chosen, stated=False)
        section = _NUMBERING.sub("", row.values.get("section", ""))
        by_section = self.below.matcher.match(section).id if section else None
        if by_section and chosen == "sections":
            return Place(by_section, stated=False)
        if self.below.only is not None:
            return Place(self.below.only, stated=False)
        if by_section:
            told = {"section": section, "name": self.below.names[by_section]}
            return Place(by_section, False, Issue("unit_from_section", Field.UNIT, told))
        by_sheet = self.suggested.get(row.sheet)
        if by_sheet in self.below.names:
            told = {"name": self.below.names[by_sheet]}
            return Place(by_sheet, False, Issue("unit_from_sheet", Field.UNIT, told))
        return Place(None, False, Issue("unit_not_stated", Field.UNIT), (self.below.root,))

    def _stays(self, known: Known, place: Place) -> bool:
        """A row that names no unit itself moves nobody out from under the sheet's unit."""
        if place.unit_id in (None, known.unit_id):
            return place.issue is None or not place.stated
        if place.stated:
            return False
        return known.unit_id in self._units_under(place.unit_id or 0)

    def _units_under(self, unit_id: int) -> frozenset[int]:
        if unit_id not in self._under:
            below = UnitLink.objects.filter(ancestor_id=unit_id)
            self._under[unit_id] = frozenset(below.values_list("unit_id", flat=True))
        return self._under[unit_id]

    # ---- who ----

    def _identify(self, case: Case, people: People) -> None:
        number = case.row.values.get("number_hash", "")
        if number in people.numbers_elsewhere:
            case.issues.append(Issue("number_taken", Field.PERSONAL_NUMBER))
            return
        holder = people.by_number.get(number) if number else None
        chosen = case.row.decision.get("person")
        known = people.by_id.get(chosen) if chosen else None
        if known is not None and not known.left and holder in (None, known):
            case.known = known
            return
        if chosen == 0 and holder is None:
            return
        found = self._find(case, people, holder, number)
        case.known, case.persons = found.person, found.suggestions
        if found.issue is not None:
            case.issues.append(found.issue)

    def _find(self, case: Case, people: People, holder: Known | None, number: str) -> Found:
        said, place = case.said, case.place
        asked = Asked(
            said.name, said.birth_date, said.birth_year, said.texts[Field.PHONE],
            said.texts[Field.EMAIL], number, place.unit_id,
        )  # fmt: skip

        def adds_nothing(known: Known) -> bool:
            changes, told = differences(said, known)
            return not changes and not told and number in ("", known.number_hash)

        namesakes = people.by_name.get(case.row.search_key, ())
        return find_person(asked, holder, namesakes, people.describe, adds_nothing)

    # ---- what ----

    def _compare(self, case: Case, people: People, taken: dict[int, tuple[str, int]]) -> None:
        known, place = case.known, case.place
        if known is None or not self._stays(known, place):
            case.issues += [place.issue] if place.issue else []
        if known is not None:
            case.changes, told = differences(case.said, known)
            case.issues += told
            number = case.row.values.get("number_hash", "")
            if number and number != known.number_hash:
                before = _NUMBER_THERE if known.number_hash else None
                case.changes[Field.PERSONAL_NUMBER] = (before, _masked(case.row))
            self._transfer(case, known, people)
            self._mark_twice(case, known, taken)
        self._mark_shared(case, people)

    def _transfer(self, case: Case, known: Known, people: People) -> None:
        unit_id = case.place.unit_id
        if unit_id in (None, known.unit_id) or self._stays(known, case.place):
            case.place = case.place._replace(unit_id=known.unit_id)
            return
        before = people.unit_names.get(known.unit_id, "")
        after = self.below.names[unit_id or 0]
        case.changes[Field.UNIT] = (before, after)
        case.issues.append(Issue("transfer", Field.UNIT, {"before": before, "after": after}))

    @staticmethod
    def _mark_twice(case: Case, known: Known, taken: dict[int, tuple[str, int]]) -> None:
        if known.id in taken and case.changes:
            sheet, number = taken[known.id]
            case.issues.append(Issue("person_twice", "", {"sheet": sheet, "row": number}))
        taken.setdefault(known.id, (case.row.sheet, case.row.row_number))

    @staticmethod
    def _mark_shared(case: Case, people: People) -> None:
        """A phone or an address that is somebody else's, where the row brings it anew."""
        known, meant = case.known, {one.id for one in case.persons}
        for about, code, index in (
            (Field.PHONE, "phone_of_other", people.by_phone),
            (Field.EMAIL, "email_of_other", people.by_email),
        ):
            value = case.said.texts[about]
            if not value or (known and about not in case.changes):
                continue
            others = [one for one in index.get(value, ()) if one is not known]
            others = [one for one in others if one.id not in meant]
            if others:
                told = {"person": people.describe(others[0])}
                case.issues.append(Issue(code, about, told))

    # ---- accounts ----

    def _guard_sign_in(self, cases: Sequence[Case]) -> None:
        """What somebody signs in by changes only where the actor may let them in anew, and only
        to what is nobody else's (docs/people.md, rights)."""
        touched = [case for case in cases if case.changes.keys() & SIGN_IN.keys()]
        users = [_user_of(case) for case in touched]
        beyond = {pk for some in batches(users) for pk in beyond_recovery(self.actor, some)}
        for about, (column, code) in SIGN_IN.items():
            asking = [case for case in touched if about in case.changes]
            holders = _holders(column, [_sign_in_value(case, about) for case in asking])
            for case in asking:
                if _user_of(case) in beyond:
                    continue
                if holders.get(_sign_in_value(case, about), _user_of(case)) != _user_of(case):
                    del case.changes[about]
                    case.issues.append(Issue(code, about))
        for case in touched:
            kept = [about for about in SIGN_IN if about in case.changes]
            if kept and _user_of(case) in beyond:
                for about in kept:
                    del case.changes[about]
                fields = ",".join(about.value for about in kept)
                case.issues.append(Issue("sign_in_beyond", "", {"fields": fields}))


def wanted_of(cases: Iterable[Case]) -> Wanted:
    numbers, names, phones, emails, ids = set(), set(), set(), set(), set()
    for case in cases:
        numbers.add(case.row.values.get("number_hash", ""))
        names.add(case.row.search_key)
        phones.add(case.said.texts[Field.PHONE])
        emails.add(case.said.texts[Field.EMAIL])
        ids.add(case.row.decision.get("person") or 0)
    for found in (numbers, names, phones, emails):
        found.discard("")
    return Wanted(numbers, names, phones, emails, ids - {0})


def search_key_of(said: Said) -> str:
    return fold(said.name)[:150]


def codes_of(issues: Iterable[Mapping[str, Any]]) -> str:
    """The codes between spaces, so that one is found as " code "."""
    codes = dict.fromkeys(issue["code"] for issue in issues)
    return f" {' '.join(codes)} " if codes else ""


def doubts_of(issues: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return _of_level(issues, Level.DOUBTFUL)


def _of_level(issues: Iterable[Mapping[str, Any]], level: Level) -> frozenset[str]:
    return frozenset(issue["code"] for issue in issues if Issue(issue["code"]).level is level)


def _settle(case: Case) -> None:
    row, known = case.row, case.known
    reading = [issue for issue in row.issues if issue["code"] not in SAID_HERE]
    said_here = [stored_issue(issue) for issue in case.issues]
    row.issues = reading + said_here
    row.codes = codes_of(row.issues)
    row.person_id = known.id if known else None
    row.unit_id = case.place.unit_id
    row.changes = {about.value: list(change) for about, change in case.changes.items()}
    needs = []
    if case.persons and known is None:
        needs.append("person")
    if row.unit_id is None:
        needs.append("unit")
    row.choices = _choices(case, needs)
    row.state = _state(row, doubts_of(said_here), needs)


def _choices(case: Case, needs: list[str]) -> dict[str, list[Any]]:
    listed: dict[str, list[Any]] = {
        "persons": [known.id for known in case.persons],
        "units": list(case.place.suggestions),
        "needs": needs,
    }
    return {name: values for name, values in listed.items() if values}


def _state(row: RosterRow, matching_doubts: Collection[str], needs: Sequence[str]) -> str:
    if _of_level(row.issues, Level.WRONG):
        return State.WRONG
    if row.person_id and not row.changes and not matching_doubts and not needs:
        return State.SAME
    decided = row.decision if row.decision.get("take") else {}
    if needs or not doubts_of(row.issues) <= set(decided.get("codes", ())):
        return State.DOUBTFUL
    if row.person_id is None:
        return State.NEW
    return State.CHANGED if row.changes else State.SAME


def accept(row: RosterRow) -> bool:
    """Take a judged row in with the doubts that are told of it. False when something must be
    chosen first, or mended."""
    if row.state == State.DOUBTFUL and not row.choices.get("needs"):
        row.decision = {**row.decision, "codes": sorted(doubts_of(row.issues))}
        row.state = _state(row, (), ())
    return row.state not in (State.DOUBTFUL, State.WRONG)


def judge_of(roster: RosterImport, actor: User | None) -> Judge:
    """The judge of an import that has been read."""
    sheets = roster.summary.get("sheets", [])
    suggested = {sheet["name"]: sheet.get("suggested_unit") for sheet in sheets}
    return Judge(actor, units_below(roster.unit), roster.mapping, suggested)


def _masked(row: RosterRow) -> str:
    return "•" * 9 + str(row.values.get("number_end", ""))


def _user_of(case: Case) -> int:
    assert case.known is not None
    assert case.known.user_id is not None
    return case.known.user_id


def _sign_in_value(case: Case, about: Field) -> str:
    if about is Field.PERSONAL_NUMBER:
        return str(case.row.values["number_hash"])
    return case.said.texts[about]


def _holders(column: str, values: Sequence[str]) -> dict[str, int]:
    """Which account has which of these, now."""
    return {
        value: pk
        for some in batches(values)
        for value, pk in User.objects.filter(**{f"{column}__in": some}).values_list(column, "id")
    }
