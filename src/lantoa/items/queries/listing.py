"""The bank as a list: narrowed, searched, sorted, counted. Over 50.000 items each is one scan of a
narrow index or of the folded words (docs/performance.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, OuterRef, QuerySet

from lantoa.accounts.models import User
from lantoa.items.models import FormSlot, Item, ItemVersion
from lantoa.items.permissions import READERS
from lantoa.items.queries.items import search, with_newest
from lantoa.kernel import clock
from lantoa.kernel.row_ids import row_id
from lantoa.people.models import RoleGrant, Unit
from lantoa.people.permissions import unit_ids_within

PLAIN = ("topic", "competence", "level", "difficulty", "kind", "state", "stage", "purpose", "unit")
OLD_REVIEW = timedelta(days=365)
SORTS = {
    "": (F("id").desc(),),
    "oldest": (F("id").asc(),),
    "topic": (F("topic__framework_id").asc(nulls_last=True), F("topic__position").asc(), F("id")),
    "level": (F("level").asc(), F("id").desc()),
    "reviewed": (F("reviewed_at").asc(nulls_first=True), F("id").asc()),
}


@dataclass(frozen=True)
class Reach:
    """Whose list it is, and the units in their reach that hold items. Named one by one: planners
    badly misjudge how many units stand behind "everything under the country"."""

    user: User | AnonymousUser
    units: Sequence[Unit]

    @property
    def items(self) -> QuerySet[Item]:
        return Item.objects.filter(unit_id__in=[unit.pk for unit in self.units])


def reach_of(user: User | AnonymousUser) -> Reach:
    held = Item.objects.filter(unit=OuterRef("pk"))
    units = Unit.objects.filter(Exists(held), pk__in=unit_ids_within(user, *READERS))
    return Reach(user, list(units.order_by("sort_key")))


def listed(reach: Reach, chosen: Mapping[str, str]) -> QuerySet[Item]:
    """Items in reach, narrowed and sorted by what `bank_forms.FilterForm` has let through."""
    items = reach.items
    for name in PLAIN:
        if value := chosen.get(name):
            items = items.filter(**{name: value})
    if author := chosen.get("author"):
        items = items.filter(created_by_id=author)
    if used := chosen.get("used"):
        placed = FormSlot.objects.values("version__item_id")
        items = items.filter(pk__in=placed) if used == "yes" else items.exclude(pk__in=placed)
    if chosen.get("review") == "never":
        items = items.filter(reviewed_at=None)
    elif chosen.get("review") == "old":
        items = items.filter(reviewed_at__lt=clock.now() - OLD_REVIEW)
    return _found(items, chosen.get("q", "")).order_by(*SORTS[chosen.get("sort", "")])


def _found(items: QuerySet[Item], words: str) -> QuerySet[Item]:
    """By number ("#12"), else by words, accents or not."""
    if words.startswith("#"):
        return items.filter(pk=row_id(words[1:].strip()) or 0)
    return search(items, words)


@dataclass(frozen=True)
class Counts:
    """How many items stand where; what is used no longer counts only as such."""

    total: int
    approved: int
    waiting: int
    returned: int
    fit: int
    retired: int


def counts_of(reach: Reach) -> Counts:
    rows = reach.items.values_list("state", "stage").annotate(n=Count("id")).order_by()
    told = {(state, stage): n for state, stage, n in rows}

    def among(stage: str) -> int:
        return sum(n for (st, sg), n in told.items() if sg == stage and st != Item.State.RETIRED)

    def state(name: str) -> int:
        return sum(n for (st, _stage), n in told.items() if st == name)

    return Counts(
        total=sum(told.values()),
        approved=state(Item.State.APPROVED),
        waiting=among(Item.Stage.WAITING),
        returned=among(Item.Stage.RETURNED),
        fit=among(Item.Stage.FIT),
        retired=state(Item.State.RETIRED),
    )


def authors_of(user: User | AnonymousUser) -> list[tuple[int, str]]:
    """Who has, or had, the right to write for the units in reach, by name: asking 50.000 items who
    wrote them takes longer than the list itself."""
    writers = RoleGrant.objects.filter(
        role__in=[*READERS, RoleGrant.Role.ADMINISTRATOR],
        unit_id__in=unit_ids_within(user, *READERS),
    )
    authors = User.objects.filter(pk__in=writers.values("user_id")).order_by("display_name")
    return list(authors.values_list("pk", "display_name"))


def rows_of(ids: Iterable[int]) -> list[tuple[Item, ItemVersion]]:
    """A page of the list, in its order: each item with its topic and its newest version. Sorting
    50.000 ids is quick, sorting what they say is not."""
    listed = list(ids)
    found = Item.objects.select_related("topic").in_bulk(listed)
    return with_newest([found[pk] for pk in listed if pk in found])


def uses_of(items: Iterable[Item]) -> dict[int, int]:
    """In how many forms each of these stands, whatever its version; what stands in none is left
    out."""
    ids = [item.pk for item in items]
    rows = (
        FormSlot.objects.filter(version__item__in=ids)
        .values_list("version__item_id")
        .annotate(n=Count("form_id", distinct=True))
    )
    return dict(rows)
