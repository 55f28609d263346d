"""Two people may look at one item: each step is taken on the row as it is now."""

from django.utils.translation import gettext as _

from lantoa.items.models import Item, ItemVersion
from lantoa.items.rules import NotAllowed


def locked(item: Item) -> Item:
    """The item as it is now, and nobody changes it until the transaction ends."""
    return Item.objects.select_for_update(of=("self",)).get(pk=item.pk)


def newest_of(item: Item, seen: int | None) -> ItemVersion:
    """The newest version. Raises NotAllowed when it isn't the one that was looked at."""
    newest = item.versions.latest("number")
    if seen is not None and seen != newest.number:
        raise NotAllowed(
            _("Câu hỏi vừa có bản %(number)s; hãy xem bản mới trước.") % {"number": newest.number}
        )
    return newest
