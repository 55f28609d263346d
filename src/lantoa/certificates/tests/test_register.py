"""The book: numbers without gaps, once each, and a trace of everything."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from lantoa.audit.queries import history_of
from lantoa.certificates.actions.issue import issue_certificate, issue_certificates
from lantoa.certificates.actions.revoke import reissue_certificate, revoke_certificate
from lantoa.certificates.models import Certificate, Register
from lantoa.certificates.rules import issue_year, masked_name, serial_of
from lantoa.kernel import clock

pytestmark = pytest.mark.django_db


def numbers() -> list[int]:
    return sorted(Certificate.objects.values_list("register_number", flat=True))


def test_a_completed_enrolment_gets_one_certificate(
    commune: Any, make_person: Any, enrol: Any
) -> None:
    enrolment = enrol(make_person("Nguyễn Thị Ổn", commune))
    first = issue_certificate(enrolment=enrolment, actor=None)
    assert issue_certificate(enrolment=enrolment, actor=None) is None
    enrolment.refresh_from_db()
    assert first is not None
    assert (first.register_number, enrolment.certified_at is not None) == (1, True)
    assert [e.action for e in history_of(first)] == ["certificates.issue_certificate"]


def test_nothing_is_issued_before_completion(commune: Any, make_person: Any, enrol: Any) -> None:
    enrolment = enrol(make_person("Nguyễn Thị Ổn", commune), completed=False)
    assert issue_certificate(enrolment=enrolment, actor=None) is None
    assert numbers() == []


def test_a_failed_issue_leaves_no_gap(commune: Any, make_person: Any, enrol: Any) -> None:
    one, two = (enrol(make_person(n, commune)) for n in ("Lê Văn An", "Lê Văn Bảo"))
    with transaction.atomic():
        issue_certificate(enrolment=one, actor=None)
        transaction.set_rollback(True)
    issue_certificates(enrolment_ids=[one.pk, two.pk], actor=None)
    assert numbers() == [1, 2]
    assert Register.objects.get().last_number == 2


def test_revoking_keeps_the_number_and_reissuing_takes_the_next(
    commune: Any, make_person: Any, enrol: Any
) -> None:
    clerk = make_person("Vũ Thị Cúc", commune)
    enrolment = enrol(make_person("Lê Văn An", commune))
    certificate = issue_certificate(enrolment=enrolment, actor=None)
    assert certificate is not None
    revoke_certificate(certificate=certificate, reason="Sai họ tên", actor=clerk.user)
    enrolment.refresh_from_db()
    assert enrolment.certified_at is None
    again = reissue_certificate(certificate=certificate, reason="Sai họ tên", actor=clerk.user)
    assert again is not None
    assert again.register_number == 2
    assert Certificate.objects.standing().get() == again


def test_the_years_book_is_vietnams() -> None:
    assert issue_year(datetime(2026, 12, 31, 18, 0, tzinfo=UTC)) == 2027


@pytest.mark.parametrize(
    ("number", "serial"), [(1, "LT-19-2026-000001"), (1234567, "LT-19-2026-1234567")]
)
def test_serials(number: int, serial: str) -> None:
    assert serial_of("19", 2026, number) == serial


def test_a_masked_name_shows_only_the_given_name() -> None:
    assert masked_name("Nguyễn Thị Ổn") == "N. T. Ổn"


def test_a_batch_is_one_event(commune: Any, make_person: Any, enrol: Any) -> None:
    enrolments = [enrol(make_person(f"Lê Văn {n}", commune)) for n in ("An", "Bảo", "Cần")]
    with clock.fixed(datetime(2026, 5, 20, tzinfo=UTC)):
        issued = issue_certificates(enrolment_ids=[e.pk for e in enrolments], actor=None)
    assert len(issued) == 3
    assert [e.action for e in history_of(issued[0].register)] == ["certificates.issue_certificates"]
