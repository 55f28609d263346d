import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader

log = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with a time to come back when it is the database that doesn't answer."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        page = HttpResponse(loader.get_template("503.html").render(), status=503)
        page["Retry-After"] = "30"
        return page
    return HttpResponseServerError(loader.get_template("500.html").render())
