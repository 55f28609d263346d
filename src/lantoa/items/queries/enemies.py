from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from lantoa.accounts.models import User
from lantoa.items.models import Enmity, Item, ItemVersion
from lantoa.items.queries.items import items_within, with_newest


@dataclass(frozen=True)
class Enemy:
    enmity: Enmity
    item: Item
    version: ItemVersion


@dataclass(frozen=True)
class Enemies:
    """Those in reach, and how many are not."""

    shown: list[Enemy]
    hidden: int


def enemies_of(user: User | AnonymousUser, item: Item) -> Enemies:
    """What may not stand in a form with this item. The caller has authorised the item."""
    pairs = Enmity.objects.filter(Q(first=item) | Q(second=item)).order_by("pk")
    by_other = {pair.first_id + pair.second_id - item.pk: pair for pair in pairs}
    others = items_within(user).filter(pk__in=by_other).order_by("pk") if by_other else []
    shown = [Enemy(by_other[other.pk], other, v) for other, v in with_newest(others)]
    return Enemies(shown, len(by_other) - len(shown))
