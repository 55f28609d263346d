"""Which items say nearly the same as some words: found by their bands, judged by their words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.items import sql
from lantoa.items.models import Enmity, Item, ItemVersion, Twin
from lantoa.items.queries.items import items_within, with_newest
from lantoa.items.similarity import ALIKE_PERCENT, bands, likeness, shingles

MOST_OF_BAND, MOST_COMPARED, MOST_TOLD = 50, 100, 5


@dataclass(frozen=True)
class Alike:
    item_id: int
    percent: int


def alike(
    key: str, *, among: QuerySet[Item] | None = None, besides: int | None = None
) -> list[Alike]:
    """The items most alike to a search key, the most alike first, if alike enough to be told.

    `among` are those that may be told of (none: all), `besides` is the item itself.
    """
    own = shingles(key)
    candidates = Item.objects.all() if among is None else among
    likely = _likely(bands(key), besides)
    rows = candidates.filter(pk__in=likely).values_list("pk", "search_key")
    judged = [Alike(pk, likeness(own, shingles(words))) for pk, words in rows]
    told = [one for one in judged if one.percent >= ALIKE_PERCENT]
    return sorted(told, key=lambda one: (-one.percent, one.item_id))[:MOST_TOLD]


def percents(key: str, items: list[int]) -> dict[int, int]:
    """How alike these are, alike enough or not."""
    own = shingles(key)
    rows = Item.objects.filter(pk__in=items).values_list("pk", "search_key") if items else ()
    return {pk: likeness(own, shingles(words)) for pk, words in rows}


def _likely(keys: list[int], besides: int | None) -> list[int]:
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.in_bands(len(keys), MOST_OF_BAND), keys)
        shared = Counter(pk for (pk,) in cursor.fetchall() if pk != besides)
    return [pk for pk, _count in shared.most_common(MOST_COMPARED)]


def twins_within(user: User | AnonymousUser) -> QuerySet[Twin]:
    """Pairs of which both are in reach, what is used no longer left out."""
    reach = items_within(user).exclude(state=Item.State.RETIRED)
    return Twin.objects.filter(first__in=reach, second__in=reach)


def twin_for(user: User | AnonymousUser, pk: int) -> Twin:
    """Raises Twin.DoesNotExist when there is none in reach."""
    return twins_within(user).select_related("first", "second").get(pk=pk)


def twins_of(user: User | AnonymousUser, item: Item) -> list[tuple[int, Item, ItemVersion]]:
    """What the item is alike to and nobody has said is another question: percent, item, version,
    the most alike first. The caller has authorised the item."""
    pairs = Twin.objects.filter(Q(first=item) | Q(second=item), dismissed_at=None)
    percents = {pair.first_id + pair.second_id - item.pk: pair.percent for pair in pairs}
    if not percents:
        return []
    others = with_newest(items_within(user).filter(pk__in=percents))
    told = [(percents[other.pk], other, version) for other, version in others]
    return sorted(told, key=lambda row: (-row[0], row[1].pk))[:MOST_TOLD]


Side = tuple[Item, ItemVersion]


@dataclass(frozen=True)
class Pair:
    """`apart`: they are enemies already."""

    twin: Twin
    first: Side
    second: Side
    apart: bool


def pairs_of(twins: Iterable[Twin]) -> list[Pair]:
    """Each pair with both items and their newest versions, in a few queries."""
    listed = list(twins)
    ids = {pk for twin in listed for pk in (twin.first_id, twin.second_id)}
    items = Item.objects.filter(pk__in=ids).select_related("topic", "unit")
    sides = {item.pk: (item, version) for item, version in with_newest(items)}
    enmities = set(
        Enmity.objects.filter(first__in=ids, second__in=ids).values_list("first_id", "second_id")
    )
    return [
        Pair(
            twin,
            sides[twin.first_id],
            sides[twin.second_id],
            (twin.first_id, twin.second_id) in enmities,
        )
        for twin in listed
    ]
