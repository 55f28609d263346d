"""What a certificate's history says of each event."""

from django.utils.translation import gettext as _

from lantoa.accounts.history import HistoryLine, history_lines
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.certificates.models import Certificate


def _summary(event: Event) -> str:
    return {
        "certificates.issue_certificate": _("Cấp giấy chứng nhận"),
        "certificates.issue_certificates": _("Cấp giấy chứng nhận theo danh sách"),
        "certificates.revoke_certificate": _("Thu hồi giấy chứng nhận"),
    }.get(event.action, event.action)


def _reason(event: Event) -> str:
    return str(event.data.get("reason", ""))


def history(certificate: Certificate) -> list[HistoryLine]:
    """The caller has authorised the certificate."""
    events = list(history_of(certificate))
    if not any(event.action == "certificates.issue_certificate" for event in events):
        # What was issued in bulk has one event for the batch, on the register.
        issued = {"at": certificate.issued_at, "actor_id": certificate.issued_by_id}
        events.append(Event(action="certificates.issue_certificates", **issued))
    return history_lines(events, _summary, _reason)
