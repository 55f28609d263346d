from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from lantoa.people.models import Person
from lantoa.records.models import Statement
from lantoa.records.rules import agent, document


def statements_of(person: Person) -> QuerySet[Statement]:
    """All that a person did, newest first."""
    return Statement.objects.filter(actor=person).order_by("-timestamp", "-id")


def statements_in(registrations: Collection[UUID]) -> QuerySet[Statement]:
    """What was done under these registrations, in the order it was written down (ids are ordered by
    time, and so break ties within a moment)."""
    return Statement.objects.filter(registration__in=registrations).order_by("timestamp", "id")


def statement_json(statement: Statement) -> dict[str, Any]:
    """The whole statement as xAPI JSON, without personal data: the actor is an account here."""
    return document(
        id=statement.pk,
        actor=agent(settings.BASE_URL or "http://localhost", str(statement.actor_id)),
        verb=statement.verb,
        object_id=statement.object_id,
        object_type=statement.object_type,
        result=statement.result,
        context=statement.context,
        registration=statement.registration,
        happened=statement.timestamp,
        stored=statement.stored,
    )
