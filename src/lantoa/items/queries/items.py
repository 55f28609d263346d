from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from lantoa.accounts.models import User
from lantoa.items.models import Item, ItemVersion
from lantoa.items.permissions import READERS
from lantoa.kernel.text import fold
from lantoa.people.permissions import unit_ids_within


def items_within(user: User | AnonymousUser) -> QuerySet[Item]:
    """Items of units in reach of an author or examiner."""
    return Item.objects.filter(unit_id__in=unit_ids_within(user, *READERS))


def item_for(user: User | AnonymousUser, pk: int) -> Item:
    """Raises Item.DoesNotExist when there is none in reach."""
    return items_within(user).select_related("unit", "topic__parent", "competence").get(pk=pk)


def search(items: QuerySet[Item], words: str) -> QuerySet[Item]:
    """Items whose newest version has all the words, accents or not."""
    for word in fold(words).split()[:10]:
        items = items.filter(search_key__contains=word)
    return items


def with_newest(items: Iterable[Item]) -> list[tuple[Item, ItemVersion]]:
    """Each item with its newest version, in two queries whatever their number."""
    listed = list(items)
    newest: dict[int, ItemVersion] = {}
    for version in ItemVersion.objects.filter(item__in=listed).order_by("number"):
        newest[version.item_id] = version
    return [(item, newest[item.pk]) for item in listed]
