"""A person's columns from the facts, the personal number encrypted and hashed."""

from typing import Any

from django.conf import settings

from lantoa.accounts.queries import PERSONAL_NUMBER, normal_phone, personal_number_hash
from lantoa.kernel.secrets import decrypt, encrypt
from lantoa.people.models import Person
from lantoa.people.rules.persons import PersonFacts, plain_columns


def columns_of(facts: PersonFacts) -> dict[str, Any]:
    number = "".join(c for c in facts.personal_number if c.isdigit())
    return {
        **plain_columns(facts),
        "phone": normal_phone(facts.phone)[:15],
        "personal_number_encrypted": (
            encrypt(settings.SECRET_KEY, PERSONAL_NUMBER, number) if number else ""
        ),
        "personal_number_hash": personal_number_hash(number) if number else None,
    }


def personal_number_of(person: Person) -> str:
    """The twelve digits, or "". For those who keep the register; lists show it masked."""
    if not person.personal_number_encrypted:
        return ""
    return decrypt(settings.SECRET_KEY, PERSONAL_NUMBER, person.personal_number_encrypted)


def facts_of(person: Person) -> PersonFacts:
    return PersonFacts(
        given_name=person.given_name,
        family_name=person.family_name,
        middle_name=person.middle_name,
        sex=person.sex,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        phone=person.phone,
        email=person.email,
        personal_number=personal_number_of(person),
        ethnicity=person.ethnicity,
        title=person.title,
        category=person.category,
        is_leader=person.is_leader,
        specialism=person.specialism,
        note=person.note,
    )
