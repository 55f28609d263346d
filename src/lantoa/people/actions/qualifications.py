"""The register of qualifications in information technology: units write down what their people
hold. Each step is an event of the person."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.people.models import Person, Qualification
from lantoa.people.rules.persons import PersonRefused


@transaction.atomic
def note_qualification(
    *, actor: User | None, person: Person, values: Mapping[str, Any]
) -> Qualification:
    """`values`: level, subject, school, year. Raises PersonRefused when it is written already."""
    noted = Qualification(person=person, **values)
    _once(noted)
    noted.save(force_insert=True)
    _record(actor, "note", noted)
    return noted


@transaction.atomic
def change_qualification(
    *, actor: User | None, qualification: Qualification, values: Mapping[str, Any]
) -> None:
    """Raises PersonRefused when the same is written already."""
    for name, value in values.items():
        setattr(qualification, name, value)
    _once(qualification)
    qualification.save(update_fields=list(values))
    _record(actor, "change", qualification)


@transaction.atomic
def remove_qualification(*, actor: User | None, qualification: Qualification) -> None:
    _record(actor, "remove", qualification)
    qualification.delete()


def _once(noted: Qualification) -> None:
    Person.objects.select_for_update().get(pk=noted.person_id)
    same = Qualification.objects.filter(
        person=noted.person_id, level=noted.level, subject__iexact=noted.subject
    )
    if same.exclude(pk=noted.pk).exists():
        raise PersonRefused(_("Bằng cấp này đã được ghi."), "subject")


def _record(actor: User | None, verb: str, noted: Qualification) -> None:
    data = {"qualification": str(noted), "school": noted.school, "year": noted.year}
    record(actor=actor, action=f"people.{verb}_qualification", on=noted.person, data=data)
