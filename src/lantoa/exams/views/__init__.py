"""Pages of candidates (`candidates`, `saving`) and of examiners (`examiners`)."""

from typing import cast

from django.http import Http404, HttpRequest

from lantoa.accounts.models import User
from lantoa.people.models import Person


def user_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def person_of(request: HttpRequest) -> Person:
    """Who sits: an account without a person (a system account) sits nothing."""
    person = Person.objects.filter(user=user_of(request)).first()
    if person is None:
        raise Http404
    return person
