"""Pages of candidates (`candidates`, `saving`) and of examiners (`examiners`)."""

from django.http import Http404, HttpRequest

from lantoa.accounts.asking import user_of
from lantoa.people.models import Person
from lantoa.people.queries import person_of


def candidate(request: HttpRequest) -> Person:
    """Who sits: an account without a person (a system account) sits nothing."""
    person = person_of(user_of(request))
    if person is None:
        raise Http404
    return person
