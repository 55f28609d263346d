"""Candidates of a sitting, and whom a choice of people means."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.accounts.models import User
from lantoa.accounts.queries import personal_number_hash
from lantoa.exams.models import Attempt, Candidate, Sitting
from lantoa.exams.queries.exams import EXAMINER
from lantoa.exams.rules.codes import regular_number
from lantoa.exams.rules.roster_lines import Line
from lantoa.kernel import clock
from lantoa.kernel.row_ids import row_id
from lantoa.kernel.text import fold
from lantoa.people.models import Person
from lantoa.people.permissions import persons_within, unit_ids_within
from lantoa.programmes.models import Cohort, Enrolment

ACCOUNTED = [
    ("no_seat", gettext_lazy("Chưa có chỗ")),
    ("no_number", gettext_lazy("Chưa có số báo danh")),
    ("no_code", gettext_lazy("Chưa có mã")),
    ("extra", gettext_lazy("Được thêm giờ")),
    ("withdrawn", gettext_lazy("Đã rút")),
]
_STATE = {
    "no_seat": Q(withdrawn_at=None, seat=None),
    "no_number": Q(withdrawn_at=None, number=""),
    "no_code": Q(withdrawn_at=None, code_hash=""),
    "extra": Q(withdrawn_at=None, extra_minutes__gt=0),
    "withdrawn": Q(withdrawn_at__isnull=False),
}


def candidates_of(
    sitting: Sitting, *, words: str = "", room: str = "", state: str = ""
) -> QuerySet[Candidate]:
    """Of a sitting the caller has authorised: by room and seat, then by name."""
    found = sitting.candidates.filter(_STATE.get(state, Q(withdrawn_at=None)))
    if room == "none":
        found = found.filter(room=None)
    elif pk := row_id(room):
        found = found.filter(room=pk)
    number = regular_number(words)
    if number and any(c.isdigit() for c in number):
        found = found.filter(number__startswith=number)
    else:
        for word in fold(words).split()[:6]:
            found = found.filter(person__search_key__contains=word)
    started = Attempt.objects.filter(candidate=OuterRef("pk"), started_at__isnull=False)
    return (
        found.select_related("person", "unit", "room")
        .annotate(has_started=Exists(started))
        .order_by(F("room__name").asc(nulls_last=True), "room_id", F("seat").asc(nulls_last=True),
                  "person__sort_key", "pk")
    )  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """How many candidates, and how many of them lack what."""

    named: int
    withdrawn: int
    seated: int
    numbered: int
    coded: int
    prepared: int
    seats: int
    rooms: int


def tally_of(sitting: Sitting) -> Tally:
    here = Q(withdrawn_at=None)
    counts = sitting.candidates.aggregate(
        named=Count("pk", filter=here),
        withdrawn=Count("pk", filter=~here),
        seated=Count("pk", filter=here & Q(seat__isnull=False)),
        numbered=Count("pk", filter=here & ~Q(number="")),
        coded=Count("pk", filter=here & ~Q(code_hash="")),
    )
    prepared = (
        sitting.attempts.filter(number=1, candidate__withdrawn_at=None).count()
        if sitting.prepared_at
        else 0
    )
    rooms = sitting.rooms.values_list("seats", flat=True)
    return Tally(**counts, prepared=prepared, seats=sum(rooms), rooms=len(rooms))


# ---- whom a choice means ----


def persons_held(user: User) -> QuerySet[Person]:
    """People whom an examiner may put in for a test."""
    return persons_within(user, EXAMINER)


def cohorts_held(user: User) -> QuerySet[Cohort]:
    return Cohort.objects.filter(unit_id__in=unit_ids_within(user, EXAMINER)).order_by(
        "-opens_on", "name"
    )


def enrolled(user: User, cohort: Cohort, only: str) -> QuerySet[Person]:
    """People of a cohort, in the examiner's reach."""
    enrolments = Enrolment.objects.filter(cohort=cohort, withdrawn_at=None)
    if only in ("done", "not_done"):
        enrolments = enrolments.filter(completed_at__isnull=only == "not_done")
    return persons_held(user).filter(pk__in=enrolments.values("person"))


@dataclass(frozen=True)
class DryRun:
    """What putting them in would do."""

    fresh: int
    already: int
    left: int


def dry_run(sitting: Sitting, persons: QuerySet[Person]) -> DryRun:
    standing = Candidate.objects.filter(
        sitting=sitting, person=OuterRef("pk"), withdrawn_at__isnull=True
    )
    gone = Q(left_on__lte=clock.today())
    counts = (
        persons.order_by()
        .annotate(stands=Exists(standing))
        .aggregate(
            already=Count("pk", filter=Q(stands=True)),
            left=Count("pk", filter=Q(stands=False) & gone),
            all=Count("pk"),
        )
    )
    fresh = counts["all"] - counts["already"] - counts["left"]
    return DryRun(fresh, counts["already"], counts["left"])


# ---- pasted lists ----


@dataclass
class Found:
    """Whom a line means: one person, several that it may mean, or nobody; and why."""

    line: Line
    state: str
    """found, already, left, doubtful or missing"""
    persons: list[Person] = field(default_factory=list)
    why: str = ""


def match_lines(user: User, sitting: Sitting, lines: Sequence[Line]) -> list[Found]:
    """Row by row, in a handful of queries however many lines there are."""
    held = persons_held(user).select_related("unit")
    by_hash = _by(held, "personal_number_hash", _hashes(lines).values())
    by_phone = _by(held, "phone", (phone for line in lines for phone in line.phones))
    by_email = _by(held, "email", (line.email for line in lines if line.email))
    bare = (fold(name) for line in lines if not line.is_exact for name in line.names)
    by_name = _by(held, "search_key", bare)
    hashes = _hashes(lines)
    standing = set(sitting.candidates.filter(withdrawn_at=None).values_list("person_id", flat=True))
    matched: list[Found] = []
    seen: dict[int, int] = {}
    for line in lines:
        people = [
            *(p for number in line.numbers for p in by_hash.get(hashes[number], ())),
            *(p for phone in line.phones for p in by_phone.get(phone, ())),
            *by_email.get(line.email, ()),
        ]
        unique = list({person.pk: person for person in people}.values())
        if not line.is_exact:
            unique = [p for name in line.names for p in by_name.get(fold(name), ())][:5]
        matched.append(_judged(line, unique, standing, seen))
    return matched


def _hashes(lines: Iterable[Line]) -> dict[str, str]:
    return {number: personal_number_hash(number) for line in lines for number in line.numbers}


def _by(held: QuerySet[Person], name: str, values: Iterable[str]) -> dict[str, list[Person]]:
    wanted = sorted({value for value in values if value})
    found: dict[str, list[Person]] = defaultdict(list)
    for at in range(0, len(wanted), 500):
        some: dict[str, Any] = {f"{name}__in": wanted[at : at + 500]}
        for person in held.filter(**some).order_by("sort_key", "pk"):
            found[getattr(person, name)].append(person)
    return found


def _judged(line: Line, people: list[Person], standing: set[int], seen: dict[int, int]) -> Found:
    if not people:
        why = _("Không có ai trong phạm vi của anh/chị khớp dòng này.")
        return Found(line, "missing", [], why)
    if len(people) > 1:
        return Found(line, "doubtful", people, _("Có nhiều người khớp; hãy chọn."))
    (person,) = people
    if person.pk in seen:
        why = _("Trùng với dòng %(row)d.") % {"row": seen[person.pk]}
        return Found(line, "already", people, why)
    seen[person.pk] = line.row
    if person.pk in standing:
        return Found(line, "already", people, _("Đã có trong danh sách thí sinh."))
    if person.left_on is not None and person.left_on <= clock.today():
        return Found(line, "left", people, _("Đã thôi việc."))
    if not line.is_exact:
        return Found(line, "doubtful", people, _("Chỉ khớp theo tên; hãy kiểm tra."))
    if line.names and person.search_key not in fold(line.text):
        why = _("Số khớp nhưng tên khác: trong hệ thống là %(name)s.") % {"name": person.full_name}
        return Found(line, "doubtful", people, why)
    return Found(line, "found", people)
