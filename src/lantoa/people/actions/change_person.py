from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.actions.identifiers import change_identifiers
from lantoa.accounts.errors import Refused
from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.people.actions.add_person import NUMBER_TAKEN
from lantoa.people.actions.person_columns import columns_of, facts_of
from lantoa.people.models import Person, Post
from lantoa.people.permissions import may_recover
from lantoa.people.rules.persons import PersonRefused

# Whoever can set these can let themselves in as the person.
IDENTIFIERS = frozenset({"phone", "email", "personal_number"})
NAMES = frozenset({"family_name", "middle_name", "given_name"})


@transaction.atomic
def change_person(*, actor: User | None, person: Person, changes: Mapping[str, Any]) -> list[str]:
    """Set some facts of a person (names as in `PersonFacts`); returns the names that changed.
    A changed phone, e-mail or personal number is what they sign in by from now on.

    Raises PersonRefused when an identifier is somebody else's, or the person holds a role beyond
    the actor's reach.
    """
    before = facts_of(person)
    after = replace(before, **changes)
    columns = columns_of(after)
    changed = [name for name in changes if getattr(before, name) != getattr(after, name)]
    if not changed:
        return []
    number = columns["personal_number_hash"]
    others = Person.objects.filter(personal_number_hash=number).exclude(pk=person.pk)
    if number and others.exists():
        raise PersonRefused(str(NUMBER_TAKEN), "personal_number")
    if "title" in changed:
        Post.objects.filter(person=person, unit_id=person.unit_id, until=None).update(
            title=columns["title"]
        )
    for column, value in columns.items():
        setattr(person, column, value)
    person.save(update_fields=list(columns))
    _follow_account(actor, person, frozenset(changed))
    record(actor=actor, action="people.change_person", on=person, data={"fields": changed})
    return changed


def _follow_account(actor: User | None, person: Person, changed: frozenset[str]) -> None:
    if person.user is None or not changed & (IDENTIFIERS | NAMES):
        return
    if changed & IDENTIFIERS and not may_recover(actor, person.user):
        raise PersonRefused(
            _(
                "Người này giữ vai trò ngoài phạm vi của anh/chị nên anh/chị không đổi được "
                "thông tin đăng nhập. Hãy nhờ đầu mối cấp trên."
            ),
            next(iter(sorted(changed & IDENTIFIERS))),
        )
    try:
        change_identifiers(
            user=person.user,
            actor=actor,
            display_name=person.full_name,
            phone=person.phone,
            email=person.email,
            personal_number_hash=person.personal_number_hash,
        )
    except Refused as refused:
        raise PersonRefused(str(refused)) from refused
