from datetime import date

from django.db import transaction
from django.db.models import Q

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.people.models import Person, Post, Unit

BATCH = 2000


@transaction.atomic
def receive_people(*, actor: User | None, unit: Unit, successor: Unit, on_date: date) -> list[int]:
    """Everybody of a unit goes to its successor, each keeping the title; one event for all."""
    people = list(Person.objects.filter(unit=unit, left_on=None).order_by("id"))
    ids = [person.pk for person in people]
    if not ids:
        return []
    Post.objects.filter(
        Q(since=None) | Q(since__lte=on_date), unit=unit, until=None, person__left_on=None
    ).update(until=on_date)
    Person.objects.filter(unit=unit, left_on=None).update(unit=successor)
    Post.objects.bulk_create(
        [Post(person=p, unit=successor, title=p.title, since=on_date) for p in people],
        batch_size=BATCH,
    )
    record(
        actor=actor,
        action="people.receive_people",
        on=successor,
        data={"from": unit.pk, "persons": ids},
    )
    return ids
