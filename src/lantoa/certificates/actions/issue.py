"""Issuing: the register's number is taken and the certificate written in one transaction, so the
book has no gaps whatever fails (domain.md §6: register number without gaps, append-only)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.certificates.models import Certificate, Register
from lantoa.certificates.rules import issue_year, serial_of
from lantoa.kernel import clock
from lantoa.kernel.text import fold
from lantoa.programmes.actions.outcomes import record_certified
from lantoa.programmes.models import Enrolment

NEEDED = ("person", "person__unit", "unit", "cohort__programme", "cohort__unit")


def _take_numbers(unit_id: int, year: int, count: int) -> tuple[Register, int]:
    """Reserve `count` following numbers; return the book and the first of them."""
    register, _ = Register.objects.get_or_create(unit_id=unit_id, year=year)
    # The UPDATE locks the row until the transaction ends: nobody else can take these numbers.
    Register.objects.filter(pk=register.pk).update(last_number=F("last_number") + count)
    register.refresh_from_db()
    return register, register.last_number - count + 1


def _snapshot(enrolment: Enrolment) -> dict[str, str | int | None]:
    programme = enrolment.cohort.programme
    return {
        "title": programme.certificate_title,
        "programme": programme.title,
        "hours": programme.hours,
        "legal_basis": programme.legal_basis,
        "cohort": enrolment.cohort.name,
        "issuer": enrolment.cohort.unit.name,
        "unit": enrolment.unit.name,
        "post": enrolment.person.title,
        "completed_on": enrolment.completed_at.isoformat() if enrolment.completed_at else None,
    }


def _written(
    enrolment: Enrolment, register: Register, number: int, moment: datetime, actor: User | None
) -> Certificate:
    person = enrolment.person
    return Certificate(
        enrolment=enrolment,
        register=register,
        register_number=number,
        serial=serial_of(enrolment.cohort.unit.code, register.year, number),
        holder_name=person.full_name,
        holder_search_key=fold(person.full_name),
        holder_birth_date=person.birth_date,
        snapshot=_snapshot(enrolment),
        issued_at=moment,
        issued_by_id=actor.pk if actor else None,
    )


def _due(enrolment_ids: Sequence[int]) -> list[Enrolment]:
    """In the order of completion; read in slices because a statement takes so many parameters."""
    due: list[Enrolment] = []
    for start in range(0, len(enrolment_ids), 500):
        due += (
            Enrolment.objects.filter(
                pk__in=enrolment_ids[start : start + 500],
                completed_at__isnull=False,
                withdrawn_at__isnull=True,
            )
            .exclude(pk__in=Certificate.objects.standing().values("enrolment_id"))
            .select_related(*NEEDED)
        )
    return sorted(due, key=lambda e: (e.completed_at, e.pk))


@transaction.atomic
def issue_certificate(*, enrolment: Enrolment, actor: User | None) -> Certificate | None:
    """Issue for a completed enrolment; None when it isn't completed or one already stands."""
    issued = issue_certificates(enrolment_ids=[enrolment.pk], actor=actor)
    if not issued:
        return None
    record(actor=actor, action="certificates.issue_certificate", on=issued[0])
    return issued[0]


def _hold(enrolment_ids: Sequence[int]) -> None:
    """Two who issue for the same people at once come one after the other: nobody gets two."""
    for start in range(0, len(enrolment_ids), 500):
        chosen = Enrolment.objects.filter(pk__in=enrolment_ids[start : start + 500])
        list(chosen.select_for_update().order_by("pk").values_list("pk"))


@transaction.atomic
def issue_certificates(
    *, enrolment_ids: Sequence[int], actor: User | None, at: datetime | None = None
) -> list[Certificate]:
    """Issue for many completed enrolments, in the order given; those that have a standing
    certificate, or aren't completed, are left out. One audit event for the batch."""
    moment = at or clock.now()
    _hold(enrolment_ids)
    due = _due(enrolment_ids)
    by_book: dict[int, list[Enrolment]] = defaultdict(list)
    for enrolment in due:
        by_book[enrolment.cohort.unit_id].append(enrolment)
    certificates: list[Certificate] = []
    for unit_id, enrolments in by_book.items():
        register, first = _take_numbers(unit_id, issue_year(moment), len(enrolments))
        certificates += [
            _written(enrolment, register, number, moment, actor)
            for number, enrolment in enumerate(enrolments, start=first)
        ]
    issued = Certificate.objects.bulk_create(certificates, batch_size=500)
    _report(issued, moment, actor)
    return issued


def _report(issued: list[Certificate], moment: datetime, actor: User | None) -> None:
    if not issued:
        return
    record(
        actor=actor,
        action="certificates.issue_certificates",
        on=issued[0].register,
        data={"count": len(issued), "first": issued[0].serial, "last": issued[-1].serial},
    )
    record_certified(enrolment_ids=[c.enrolment_id for c in issued], at=moment, actor=actor)
