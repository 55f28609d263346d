"""Limits on doors anybody may knock at: fixed windows counted in the process's cache.

Each server process counts its own, so the true limit is this one times the processes; it is there
to make trying a million numbers pointless, not to count exactly. Doors of accounts count per
account in the database instead (`accounts`), because whole agencies share an address.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def client_address(request: HttpRequest) -> str:
    """Behind a proxy of ours, what it added to X-Forwarded-For: the last entry. Those before it are
    whatever the sender wrote."""
    if settings.LANTOA_BEHIND_PROXY and (seen := request.headers.get("X-Forwarded-For")):
        return seen.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def allowed(key: str, amount: int, seconds: int) -> bool:
    """Count one knock; False once more than `amount` came within the window."""
    name = f"limit:{key}"
    if cache.add(name, 1, timeout=seconds):
        return True
    try:
        return cache.incr(name) <= amount
    except ValueError:  # the window ended between the two calls
        cache.set(name, 1, timeout=seconds)
        return True


def limited(door: str, amount: int, seconds: int) -> Callable[[View], View]:
    """A view that answers 429, with a page saying when to come back, past `amount` per address."""

    def decorate(view: View) -> View:
        @wraps(view)
        def knock(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if allowed(f"{door}:{client_address(request)}", amount, seconds):
                return view(request, *args, **kwargs)
            answer = render(request, "429.html", {"minutes": -(-seconds // 60)}, status=429)
            answer["Retry-After"] = str(seconds)
            return answer

        return knock

    return decorate
