"""Whom each row means, and what it would do. Writes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from lantoa.kernel import clock
from lantoa.kernel.text import fold
from lantoa.people.rosters.people import Asked, Known, find_person, name_key, written_plainly
from lantoa.programmes.models import Outcome
from lantoa.providers.given import Given
from lantoa.providers.models import Assignment, ResultRow
from lantoa.providers.queries.people import enrolment_of, known_of, names_of_units
from lantoa.providers.rules.stating import Stated, Unreadable, stated

State = ResultRow.State
_NAMED: Final = 5


class Meant(NamedTuple):
    """Somebody for certain; or why not, and who it may be."""

    known: Known | None = None
    state: str = State.UNKNOWN
    code: str = ""
    params: dict[str, Any] = {}
    choices: tuple[Known, ...] = ()


class Finder:
    """Looks among the people of one assignment only."""

    def __init__(self, assignment: Assignment, rows: Sequence[Given]) -> None:
        people = known_of(assignment, rows)
        self._units = names_of_units(assignment)
        self._by_id = {known.id: known for known in people}
        self._by_number = {known.number_hash: known for known in people if known.number_hash}
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._by_contact: dict[str, list[Known]] = defaultdict(list)
        for known in people:
            self._by_name[fold(known.name)].append(known)
            for contact in {known.phone, known.email} - {""}:
                self._by_contact[contact].append(known)

    def find(self, given: Given) -> Meant:
        if given.code:
            return self._by_code(given)
        if not given.name:
            return self._without_name(given)
        asked = Asked(
            given.name, given.birth_date, given.birth_year, given.phone, given.email,
            given.number_hash, self._units.get(fold(given.unit)) if given.unit else None,
        )  # fmt: skip
        holder = self._by_number.get(given.number_hash) if given.number_hash else None
        found = find_person(asked, holder, self._by_name[fold(given.name)], described)
        if found.person is not None:
            return Meant(found.person)
        if found.issue is not None and found.issue.code == "number_of_other" and holder:
            told = {"person": described(holder)}
            return Meant(None, State.DOUBT, "number_of_other", told, (holder,))
        if found.suggestions:
            return doubt(found.suggestions)
        return Meant(code="nobody")

    def _by_code(self, given: Given) -> Meant:
        known = self._by_id.get(enrolment_of(given.code) or 0)
        if known is None:
            return Meant(code="code_unknown", params={"code": given.code[:40]})
        same = name_key(given.name) == name_key(known.name)
        if given.name and not same and not written_plainly(given.name, known.name):
            told = {"person": described(known)}
            return Meant(None, State.DOUBT, "code_of_other", told, (known,))
        return Meant(known)

    def _without_name(self, given: Given) -> Meant:
        """Over the API a number, a phone or an address may stand alone; it says enough when it is
        one person's."""
        if given.number_hash:
            known = self._by_number.get(given.number_hash)
            return Meant(known) if known else Meant(code="nobody")
        found = [k for c in (given.phone, given.email) if c for k in self._by_contact.get(c, [])]
        people = tuple({known.id: known for known in found}.values())
        if len(people) == 1:
            return Meant(people[0])
        if people:
            return doubt(people)
        said = bool(given.phone or given.email)
        return Meant(code="nobody" if said else "nobody_said")


def doubt(people: Sequence[Known]) -> Meant:
    told = {"people": "; ".join(described(known) for known in people[:_NAMED])}
    code = "several" if len(people) > 1 else "maybe"
    return Meant(None, State.DOUBT, code, told, tuple(people[:_NAMED]))


def described(known: Known) -> str:
    born = known.birth_date.strftime("%d/%m/%Y") if known.birth_date else known.birth_year
    return f"{known.name} ({born})" if born else known.name


def told_before(
    assignment: Assignment, among: Sequence[int] | None = None
) -> dict[int, tuple[bool, int | None]]:
    """What this assignment reported so far: enrolment → passed, per cent; `among` few of them."""
    told = Outcome.objects.filter(requirement=assignment.requirement_id, source=assignment.source)
    if among is not None:
        told = told.filter(enrolment__in=among)
    rows = told.values_list("enrolment_id", "passed", "score")
    return {pk: (passed, score) for pk, passed, score in rows}


def judged(assignment: Assignment, rows: Sequence[Given]) -> list[ResultRow]:
    """A row for each, not yet stored."""
    finder, before = Finder(assignment, rows), told_before(assignment)
    made: list[ResultRow] = []
    first: dict[int, ResultRow] = {}
    for position, given in enumerate(rows, start=1):
        row = ResultRow(
            position=position, place=given.place, name=given.name, born=given.born,
            unit=given.unit, result=given.result, reference=given.reference,
        )  # fmt: skip
        made.append(row)
        meant = finder.find(given)
        try:
            said = _stated(assignment, given)
        except Unreadable as unread:
            row.state, row.code, row.params = State.WRONG, unread.code, unread.params
            row.enrolment_id = meant.known.id if meant.known else None
            continue
        row.passed, row.score, row.on_date = said.passed, said.score, said.on
        if meant.known is None:
            row.state, row.code, row.params = meant.state, meant.code, meant.params
            row.choices = [known.id for known in meant.choices]
            continue
        row.enrolment_id = meant.known.id
        settle(row, before)
        _mark_twice(row, first)
    return made


def settle(row: ResultRow, before: dict[int, tuple[bool, int | None]]) -> None:
    """What a row of a certain person would do."""
    row.code, row.params = "", {}
    told = before.get(row.enrolment_id or 0)
    if row.passed is None:
        row.state = State.BLANK
    elif told is None:
        row.state = State.NEW
    else:
        row.state = State.SAME if told == (row.passed, row.score) else State.CHANGE
        row.was_passed, row.was_score = told


def _mark_twice(row: ResultRow, first: dict[int, ResultRow]) -> None:
    """A list that says two things of one person says neither."""
    if row.state == State.BLANK or row.enrolment_id is None:
        return
    other = first.setdefault(row.enrolment_id, row)
    if other is row or (other.passed, other.score) == (row.passed, row.score):
        if other is not row:
            row.state = State.SAME
        return
    for one, of in ((row, other), (other, row)):
        one.state, one.code, one.params = State.WRONG, "twice", {"place": of.place}


def _stated(assignment: Assignment, given: Given) -> Stated:
    today: date = clock.today()
    return stated(
        passed=given.passed,
        score=given.score,
        on=given.on,
        greatest=assignment.greatest,
        pass_percent=assignment.pass_percent,
        opens_on=assignment.cohort.opens_on,
        today=today,
    )
