"""Taking people into the register, one or twenty-five thousand."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.people.actions.person_columns import columns_of
from lantoa.people.models import Person, Post, Unit
from lantoa.people.rules.persons import PersonFacts, PersonRefused

BATCH = 2000


@transaction.atomic
def add_person(
    *, actor: User | None, unit: Unit, facts: PersonFacts, since: date | None = None
) -> Person:
    """A new person with a post in the unit. Raises PersonRefused when somebody else has the
    personal number."""
    columns = columns_of(facts)
    number = columns["personal_number_hash"]
    if number and Person.objects.filter(personal_number_hash=number).exists():
        raise PersonRefused(str(NUMBER_TAKEN), "personal_number")
    person = Person.objects.create(unit=unit, **columns)
    Post.objects.create(person=person, unit=unit, title=person.title, since=since)
    record(actor=actor, action="people.add_person", on=person, data={"unit": unit.pk})
    return person


@transaction.atomic
def bulk_add_persons(
    *,
    actor: User | None,
    rows: Sequence[tuple[Unit, PersonFacts]],
    since: date | None = None,
) -> list[Person]:
    """New people with their posts, in the order given; one event for the batch. The caller has
    matched them against the people who are there already.

    Raises PersonRefused when a personal number is there twice or already somebody's; then nobody
    is added.
    """
    people = [Person(unit=unit, **columns_of(facts)) for unit, facts in rows]
    _refuse_numbers_taken(people)
    Person.objects.bulk_create(people, batch_size=BATCH)
    Post.objects.bulk_create(
        [Post(person=p, unit_id=p.unit_id, title=p.title, since=since) for p in people],
        batch_size=BATCH,
    )
    record(
        actor=actor,
        action="people.bulk_add_persons",
        on=("people.person", "batch"),
        data={"persons": [person.pk for person in people]},
    )
    return people


def _refuse_numbers_taken(people: Sequence[Person]) -> None:
    numbers = [p.personal_number_hash for p in people if p.personal_number_hash]
    taken = len(set(numbers)) < len(numbers)
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        taken = taken or Person.objects.filter(personal_number_hash__in=batch).exists()
    if taken:
        raise PersonRefused(str(NUMBER_TAKEN), "personal_number")


NUMBER_TAKEN = _("Số định danh này đã thuộc về một người khác trong hệ thống.")
