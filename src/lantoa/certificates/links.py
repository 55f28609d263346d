from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from lantoa.certificates.models import Certificate


def check_url(request: HttpRequest, certificate: Certificate) -> str:
    """The address in the QR code: the installation's public one when the operator has set it."""
    path = reverse("certificates:check", args=[certificate.token])
    return f"{settings.BASE_URL}{path}" if settings.BASE_URL else request.build_absolute_uri(path)
