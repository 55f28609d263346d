"""The people of an assignment, and no others."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from lantoa.classes.models import Member
from lantoa.kernel.text import fold
from lantoa.people.models import UnitLink
from lantoa.people.rosters.people import Known
from lantoa.programmes.models import Enrolment
from lantoa.providers.given import Given
from lantoa.providers.models import Assignment

CODE: Final = "HV"
MOST_ASKED_FOR: Final = 500
"""More rows than that, and everybody of the assignment is read at once."""


def code_of(enrolment_id: int) -> str:
    """What the two sides call a person in their lists: says nothing of them."""
    return f"{CODE}{enrolment_id}"


def enrolment_of(code: str) -> int | None:
    digits = code.strip().upper().removeprefix(CODE)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else None


def people_of(assignment: Assignment) -> QuerySet[Enrolment]:
    """Enrolled and not withdrawn; of a class, its members. The caller has authorised."""
    found = Enrolment.objects.filter(cohort=assignment.cohort_id, withdrawn_at=None)
    if assignment.training_class_id is not None:
        inside = Member.objects.filter(
            enrolment=OuterRef("pk"), training_class=assignment.training_class_id, left_at=None
        )
        found = found.filter(Exists(inside))
    elif assignment.unit_id is not None:
        below = UnitLink.objects.filter(ancestor=assignment.unit_id).values("unit_id")
        found = found.filter(unit_id__in=below)
    return found


def people_listed(assignment: Assignment, search: str = "") -> QuerySet[Enrolment]:
    """By unit, then name."""
    found = people_of(assignment)
    for word in fold(search).split()[:6]:
        found = found.filter(person__search_key__contains=word)
    return found.select_related("person", "unit").order_by(
        "unit__sort_key", "person__sort_key", "pk"
    )


def known_of(assignment: Assignment, rows: Sequence[Given]) -> list[Known]:
    """People of the assignment whom the rows may mean, by enrolment (`Known.id`)."""
    found = people_of(assignment)
    if len(rows) <= MOST_ASKED_FOR:
        found = found.filter(
            Q(pk__in={pk for row in rows if (pk := enrolment_of(row.code)) is not None})
            | Q(person__search_key__in={fold(row.name) for row in rows if row.name})
            | Q(person__phone__in={row.phone for row in rows if row.phone})
            | Q(person__email__in={row.email for row in rows if row.email})
            | Q(person__personal_number_hash__in={r.number_hash for r in rows if r.number_hash})
        )
    columns = (
        "pk", "unit_id", "person__family_name", "person__middle_name", "person__given_name",
        "person__birth_date", "person__birth_year", "person__phone", "person__email",
        "person__personal_number_hash",
    )  # fmt: skip
    return [
        Known(
            id=pk, unit_id=unit, family=family, middle=middle, given=given, birth_date=birth,
            birth_year=year, phone=phone, email=email.lower(), number_hash=number or "",
        )
        for pk, unit, family, middle, given, birth, year, phone, email, number
        in found.values_list(*columns)
    ]  # fmt: skip


def names_of_units(assignment: Assignment) -> dict[str, int]:
    """Folded name → id, where only one unit of these people is called so."""
    units = people_of(assignment).order_by().values_list("unit_id", "unit__name").distinct()
    named: dict[str, list[int]] = {}
    for pk, name in units:
        named.setdefault(fold(name), []).append(pk)
    return {name: ids[0] for name, ids in named.items() if len(ids) == 1}
