from lantoa.audit.models import Event
from lantoa.certificates.actions.issue import issue_certificate
from lantoa.certificates.actions.tell import tell_holder
from lantoa.programmes.models import Enrolment, Programme


def enrolment_completed(event: Event) -> None:
    """`programmes.complete_enrolment`: issue at once where the programme's rule says so."""
    enrolment = Enrolment.objects.select_related("cohort__programme", "person").get(
        pk=int(event.object_id)
    )
    if enrolment.cohort.programme.certificate_rule != Programme.CertificateRule.AUTOMATIC:
        return
    certificate = issue_certificate(enrolment=enrolment, actor=None)
    if certificate is not None:
        tell_holder(certificate=certificate)
