from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.certificates.models import Certificate
from lantoa.notices.actions import notify


def tell_holder(*, certificate: Certificate) -> None:
    """A notice to the holder, once per certificate."""
    user = certificate.enrolment.person.user
    if user is not None:
        notify(
            users=[user],
            cause=f"certificate:{certificate.pk}",
            title=_("Anh/chị đã được cấp giấy chứng nhận"),
            body=certificate.snapshot["programme"],
            url=reverse("certificates:mine"),
        )
