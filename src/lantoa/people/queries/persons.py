"""People: who somebody is, who is meant by a filter, one in reach."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from lantoa.accounts.models import User
from lantoa.accounts.queries import personal_number_hash
from lantoa.kernel.text import fold
from lantoa.people.models import Person, RoleGrant, Unit, UnitLink
from lantoa.people.permissions import persons_within

COORDINATOR = RoleGrant.Role.COORDINATOR
MIN_PHONE_DIGITS = 3


def person_of(user: User | AnonymousUser) -> Person | None:
    """The person that an account belongs to, with their unit; None for accounts without one."""
    if not user.is_authenticated:
        return None
    return Person.objects.select_related("unit").filter(user_id=user.pk).first()


@dataclass(frozen=True)
class PersonFilter:
    """Who is meant. An empty field means everybody.

    `account`: "none", "waiting" (not yet activated), "active", "closed"; `left`: "now" (still
    here), "left", "all"; `title`: words of the title, accents aside; `text`: part of a name, the
    end of a phone number, or a whole personal number.
    """

    unit: Unit | None = None
    below: bool = True
    category: str = ""
    is_leader: bool | None = None
    specialism: str = ""
    title: str = ""
    sex: str = ""
    account: str = ""
    left: str = "now"
    text: str = ""

    def as_params(self) -> dict[str, Any]:
        """For a job's row."""
        return {**asdict(replace(self, unit=None)), "unit": self.unit.pk if self.unit else None}

    @classmethod
    def of(cls, params: dict[str, Any]) -> "PersonFilter":
        unit = Unit.objects.get(pk=params["unit"]) if params["unit"] else None
        return cls(**{**params, "unit": unit})


_ACCOUNT = {
    "none": Q(user=None),
    "waiting": Q(user__activated_at=None, user__closed_at=None, user__isnull=False),
    "active": Q(user__activated_at__isnull=False, user__closed_at=None),
    "closed": Q(user__closed_at__isnull=False),
}
_LEFT = {"now": Q(left_on=None), "left": Q(left_on__isnull=False), "all": Q()}


def filter_persons(persons: QuerySet[Person], wanted: PersonFilter) -> QuerySet[Person]:
    """Narrow `persons` (which the caller has authorised) to who is meant; unordered."""
    found = persons.filter(_LEFT.get(wanted.left, Q()), _ACCOUNT.get(wanted.account, Q()))
    if wanted.unit is not None and wanted.below:
        below = UnitLink.objects.filter(ancestor=wanted.unit).values("unit_id")
        found = found.filter(unit_id__in=below)
    elif wanted.unit is not None:
        found = found.filter(unit=wanted.unit)
    for name in ("category", "specialism", "sex"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.is_leader is not None:
        found = found.filter(is_leader=wanted.is_leader)
    if key := fold(wanted.title):
        found = found.filter(title_key__contains=key)
    return found.filter(_text(wanted.text)) if wanted.text.strip() else found


def _text(text: str) -> Q:
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) < MIN_PHONE_DIGITS:
        return Q(search_key__contains=fold(text))
    if len(digits) == 12:
        return Q(personal_number_hash=personal_number_hash(digits))
    return Q(phone__endswith=digits)


def person_for(user: User, pk: int) -> Person:
    """A person in a coordinator's reach, with unit and account. Raises Http404."""
    person = persons_within(user, COORDINATOR).select_related("unit", "user").filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


@dataclass(frozen=True)
class PersonPage:
    """One page of people in Vietnamese order; `before` and `after` are ids to go on from."""

    people: list[Person]
    before: int | None
    after: int | None


def page_of(
    persons: QuerySet[Person], *, size: int, after: int | None = None, before: int | None = None
) -> PersonPage:
    """The page after (or before) a person, found by key: as fast at the end as at the start."""
    anchor = after or before
    place = persons.filter(pk=anchor).values_list("sort_key", "id").first() if anchor else None
    backwards = before is not None and after is None
    order = ("-sort_key", "-id") if backwards else ("sort_key", "id")
    if place is None:
        wanted = Q()
        order, backwards = ("sort_key", "id"), False
    else:
        side = "lt" if backwards else "gt"
        key, pk = place
        wanted = Q(**{f"sort_key__{side}": key}) | Q(sort_key=key, **{f"id__{side}": pk})
    ids = list(persons.filter(wanted).order_by(*order).values_list("id", flat=True)[: size + 1])
    more = len(ids) > size
    # Sorted by narrow rows first: whole rows of everybody would be sorted to show fifty.
    people = list(persons.filter(pk__in=ids[:size]).order_by("sort_key", "id"))
    has_before, has_after = (more, True) if backwards else (place is not None, more)
    return PersonPage(
        people,
        people[0].pk if people and has_before else None,
        people[-1].pk if people and has_after else None,
    )
