"""Keeping track of which items say nearly the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.models import Band, Item, Twin
from lantoa.items.queries.alike import alike, percents
from lantoa.items.similarity import ALIKE_PERCENT, bands
from lantoa.jobs.actions import enqueue
from lantoa.kernel import bulk, clock

AT_ONCE = 200
"""So many new items are compared while their author waits; more become a job."""

Say = Callable[[int, int], object]


def note_new_items(*, actor: User | None, items: Sequence[Item]) -> None:
    """Lay new items into their bands, and compare them with the bank. In the caller's transaction;
    the event is the caller's."""
    _fill_bands(items)
    if len(items) <= AT_ONCE:
        for item in items:
            compare(item)
        return
    enqueue(
        handler="lantoa.items.tasks.find_twins",
        title=_("Tìm câu trùng trong các câu mới"),
        params={"first": items[0].pk, "last": items[-1].pk},
        actor=actor,
    )


def note_changed_item(item: Item) -> None:
    """Lay an item whose words have changed into other bands, and compare it anew. In the caller's
    transaction."""
    Band.objects.filter(item=item).delete()
    _fill_bands([item])
    compare_anew(item)


def _fill_bands(items: Iterable[Item]) -> None:
    rows = ((key, item.pk) for item in items for key in set(bands(item.search_key)))
    bulk.insert(Band, ["key", "item"], rows)


def compare(item: Item) -> None:
    """Write down what a new item is alike to."""
    found = {one.item_id: one.percent for one in alike(item.search_key, besides=item.pk)}
    _keep(item, found)


def compare_anew(item: Item) -> None:
    """The same for an item compared before: what isn't alike any more is forgotten, and what
    somebody has dismissed stays dismissed."""
    found = {one.item_id: one.percent for one in alike(item.search_key, besides=item.pk)}
    known = Twin.objects.filter(Q(first=item) | Q(second=item))
    others = [pair.first_id + pair.second_id - item.pk for pair in known]
    _keep(item, found | percents(item.search_key, [pk for pk in others if pk not in found]))
    known.filter(percent__lt=ALIKE_PERCENT).delete()


def _keep(item: Item, found: Mapping[int, int]) -> None:
    Twin.objects.bulk_create(
        [
            Twin(first_id=min(item.pk, pk), second_id=max(item.pk, pk), percent=percent)
            for pk, percent in found.items()
        ],
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["percent"],
    )


def compare_all(*, items: Sequence[int], say: Say) -> None:
    """Compare these, a chunk to a transaction, saying how far it has come."""
    for start in range(0, len(items), AT_ONCE):
        with transaction.atomic():
            for item in Item.objects.filter(pk__in=items[start : start + AT_ONCE]):
                compare_anew(item)
        say(min(start + AT_ONCE, len(items)), len(items))


@transaction.atomic
def dismiss_twin(*, actor: User, twin: Twin) -> None:
    """Two questions after all."""
    twin.dismissed_at, twin.dismissed_by_id = clock.now(), actor.pk
    twin.save(update_fields=["dismissed_at", "dismissed_by_id"])
    for one, other in ((twin.first_id, twin.second_id), (twin.second_id, twin.first_id)):
        record(
            actor=actor,
            action="items.dismiss_twin",
            on=("items.item", str(one)),
            data={"other": other, "percent": twin.percent},
        )


@transaction.atomic
def recall_twin(*, actor: User, twin: Twin) -> None:
    """Alike after all."""
    twin.dismissed_at = twin.dismissed_by_id = None
    twin.save(update_fields=["dismissed_at", "dismissed_by_id"])
    for one, other in ((twin.first_id, twin.second_id), (twin.second_id, twin.first_id)):
        record(
            actor=actor,
            action="items.recall_twin",
            on=("items.item", str(one)),
            data={"other": other, "percent": twin.percent},
        )
