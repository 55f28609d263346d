from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.certificates.actions.issue import issue_certificate
from lantoa.certificates.models import Certificate, Revocation
from lantoa.programmes.actions.outcomes import record_uncertified


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, actor: User) -> Revocation | None:
    """Take a certificate back, with a reason anybody can read; None when it already was."""
    revocation, new = Revocation.objects.get_or_create(
        certificate=certificate, defaults={"reason": reason, "by_id": actor.pk}
    )
    if not new:
        return None
    record(
        actor=actor,
        action="certificates.revoke_certificate",
        on=certificate,
        data={"reason": reason},
    )
    record_uncertified(enrolment=certificate.enrolment, actor=actor)
    return revocation


@transaction.atomic
def reissue_certificate(
    *, certificate: Certificate, reason: str, actor: User
) -> Certificate | None:
    """Revoke and issue anew under the next number (a misspelt name, a wrong date of birth)."""
    revoke_certificate(certificate=certificate, reason=reason, actor=actor)
    return issue_certificate(enrolment=certificate.enrolment, actor=actor)
