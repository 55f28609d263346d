"""The files that items show: asked for once per process, since a stored file never changes."""

from collections import OrderedDict
from collections.abc import Iterable
from uuid import UUID

from lantoa.files.models import StoredFile
from lantoa.files.rules import IMAGES, KINDS

IMAGE_TYPES = frozenset(KINDS[word].media_type for word in IMAGES)
KEPT = 5000
_known: OrderedDict[str, StoredFile] = OrderedDict()


def stored_files(public_ids: Iterable[str]) -> dict[str, StoredFile]:
    """Those of the files that exist, by public id."""
    wanted = set(public_ids)
    missing = wanted - _known.keys()
    if missing:
        asked = [pk for pk in map(_uuid, missing) if pk is not None]
        for stored in StoredFile.objects.filter(public_id__in=asked):
            _known[str(stored.public_id)] = stored
        while len(_known) > max(KEPT, len(wanted)):
            _known.popitem(last=False)
    return {pk: _known[pk] for pk in wanted if pk in _known}


def stored_images(public_ids: Iterable[str]) -> dict[str, StoredFile]:
    """The same, pictures only: an item may show nothing else that somebody once uploaded."""
    found = stored_files(public_ids)
    return {pk: stored for pk, stored in found.items() if stored.media_type in IMAGE_TYPES}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
