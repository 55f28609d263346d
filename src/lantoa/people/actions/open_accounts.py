"""Accounts for people of the register. What two people claim is given to neither, and reported."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.actions import create_accounts
from lantoa.accounts.models import User
from lantoa.people.models import Person
from lantoa.people.sql import link_accounts

BATCH = 2000
# What people sign in by, and what is said when two people claim one.
CLAIMED_TWICE = {
    "phone": _("Số điện thoại trùng với một người khác."),
    "email": _("Thư điện tử trùng với một người khác."),
    "personal_number_hash": _("Số định danh trùng với một người khác."),
}


@dataclass(frozen=True)
class Conflict:
    """Why a person got no account or no code (`blocks`), or lacks one way to sign in."""

    person: Person
    reason: str
    blocks: bool = True


@dataclass
class OpenedAccounts:
    opened: list[Person] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


@transaction.atomic
def open_accounts(*, actor: User | None, persons: Sequence[Person]) -> OpenedAccounts:
    """An account, not yet activated, for each of these people who has none and has not left."""
    report = OpenedAccounts()
    wanting = [p for p in persons if p.user_id is None and p.left_on is None]
    taken = {name: _taken(name, wanting) for name in CLAIMED_TWICE}
    users: list[User] = []
    for person in wanting:
        free, lost = _identifiers(person, taken)
        if lost:
            reason = " ".join(str(CLAIMED_TWICE[name]) for name in lost)
            report.conflicts.append(Conflict(person, reason, blocks=not free))
        elif not free:
            reason = gettext("Chưa có số điện thoại, thư điện tử hay số định danh để đăng nhập.")
            report.conflicts.append(Conflict(person, reason))
        if free:
            users.append(User(display_name=person.full_name[:150], **free))
            report.opened.append(person)
    if users:
        for person, user in zip(
            report.opened, create_accounts(users=users, actor=actor), strict=True
        ):
            person.user = user
        link_accounts([(p.user.pk, p.pk) for p in report.opened if p.user is not None])
    return report


def _identifiers(person: Person, taken: dict[str, set[str]]) -> tuple[dict[str, str], list[str]]:
    free: dict[str, str] = {}
    lost: list[str] = []
    for name in CLAIMED_TWICE:
        value = getattr(person, name)
        if value and value in taken[name]:
            lost.append(name)
        elif value:
            free[name] = value
    return free, lost


def _taken(name: str, wanting: Iterable[Person]) -> set[str]:
    counts = Counter(value for person in wanting if (value := getattr(person, name)))
    taken = {value for value, count in counts.items() if count > 1}
    values = list(counts)
    for start in range(0, len(values), BATCH):
        found = User.objects.filter(**{f"{name}__in": values[start : start + BATCH]})
        taken |= set(found.values_list(name, flat=True))
    return taken
