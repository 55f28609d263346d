import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from lantoa.audit.deliveries import drain_after, newest

GetResponse = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger("lantoa.access")
MOST_WAITING = 2.0
"""Seconds that a request spends on telling the domains above; the rest the worker does."""


def access_log(get_response: GetResponse) -> GetResponse:
    """A line a request: the route's name, never the path or query (they may carry tokens or
    names), and the account's number, never who it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        told = {
            "method": request.method,
            "route": match.view_name if match else None,
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "account": request.user.pk if hasattr(request, "user") else None,
        }
        log.info("request", extra=told)
        return response

    return middleware


def language(get_response: GetResponse) -> GetResponse:
    """Vietnamese, unless the visitor chose another language in the footer: phones sold abroad ask
    for English by themselves, and their owners don't mean it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        with translation.override(chosen if known else settings.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return middleware


# Longer than any row's number: databases fall over it.
TOO_LONG = 19


def readable_address(get_response: GetResponse) -> GetResponse:
    """No NUL in an address: nobody types one, and PostgreSQL falls over it (forms refuse it by
    themselves). And no number too large to be a row's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        parts = request.path_info.split("/")
        if any(part.isdecimal() and len(part) >= TOO_LONG for part in parts):
            raise Http404
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return get_response(request)

    return middleware


def deliveries(get_response: GetResponse) -> GetResponse:
    """After a request that may have written, tell the domains above at once: a learner who has just
    finished the course finds the final test open. What fails here the worker tries again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return get_response(request)
        before = newest()
        response = get_response(request)
        drain_after(before, most_seconds=MOST_WAITING)
        return response

    return middleware
