"""Reads; each says for whom."""

from datetime import date

from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.certificates.models import Certificate
from lantoa.certificates.rules import same_holder
from lantoa.kernel.text import fold
from lantoa.people.models import Person, RoleGrant
from lantoa.people.permissions import unit_ids_within
from lantoa.programmes.models import Enrolment

Role = RoleGrant.Role
SHOWN = ("register", "revocation", "enrolment__unit", "enrolment__cohort__programme")


def certificates_within(user: User) -> QuerySet[Certificate]:
    """Certificates of people enrolled in units in a coordinator's reach, newest first."""
    reach = unit_ids_within(user, Role.COORDINATOR)
    return (
        Certificate.objects.filter(enrolment__unit_id__in=reach)
        .select_related(*SHOWN)
        .order_by("-issued_at", "-register_number")
    )


def search(
    certificates: QuerySet[Certificate], words: str, state: str = ""
) -> QuerySet[Certificate]:
    """By holder (without accents), serial or programme; `state` is "standing" or "revoked"."""
    if state in ("standing", "revoked"):
        certificates = certificates.filter(revocation__isnull=state == "standing")
    if not words.strip():
        return certificates
    return certificates.filter(
        Q(holder_search_key__contains=fold(words)) | Q(serial__iexact=words.strip())
    )


def awaiting_approval(user: User) -> QuerySet[Enrolment]:
    """Completed enrolments of programmes whose certificate somebody must approve."""
    reach = unit_ids_within(user, Role.COORDINATOR)
    return (
        Enrolment.objects.filter(
            cohort__unit_id__in=reach,
            cohort__programme__certificate_rule="approved",
            completed_at__isnull=False,
            certified_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        .select_related("person", "unit", "cohort__programme")
        .order_by("person__sort_key")
    )


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """The holder's own, newest first."""
    return (
        Certificate.objects.filter(enrolment__person=person)
        .select_related(*SHOWN)
        .order_by("-issued_at")
    )


def readable_by(user: User) -> QuerySet[Certificate]:
    """One's own, and those in a coordinator's reach."""
    reach = unit_ids_within(user, Role.COORDINATOR)
    return Certificate.objects.filter(
        Q(enrolment__person__user_id=user.pk) | Q(enrolment__unit_id__in=reach)
    ).select_related(*SHOWN)


def by_token(token: str) -> Certificate | None:
    """For anybody: whoever has the certificate has its link."""
    return Certificate.objects.filter(token=token).select_related(*SHOWN).first()


def by_serial(serial: str) -> Certificate | None:
    return Certificate.objects.filter(serial__iexact=serial).select_related(*SHOWN).first()


def reissue_of(certificate: Certificate) -> Certificate | None:
    """The certificate that stands in a revoked one's place."""
    if not hasattr(certificate, "revocation"):
        return None
    return Certificate.objects.standing().filter(enrolment_id=certificate.enrolment_id).first()


def by_holder(name: str, birth_date: date, number: str) -> Certificate | None:
    """Full name, date of birth and one number (serial or register entry) together."""
    wanted = number.strip().upper()
    candidates = Certificate.objects.filter(holder_search_key=fold(name)).select_related(*SHOWN)
    for found in candidates[:50]:
        entry = f"{found.register_number}/{found.register.year}"
        same = same_holder(found.holder_search_key, found.holder_birth_date, fold(name), birth_date)
        if same and wanted in (found.serial, entry):
            return found
    return None
