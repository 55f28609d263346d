"""Items as they are written into files; the caller has authorised them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lantoa.files.models import StoredFile
from lantoa.frameworks.models import Node
from lantoa.items.exchange.markup import stored_id
from lantoa.items.exchange.rows import Attached, Belongs, Format, Note, Outgoing, Written
from lantoa.items.models import Item, ItemVersion

MOST = 5000
SHOWN = 30


def outgoing(items: Sequence[Item]) -> list[Outgoing]:
    """The newest version of each, in the order given."""
    newest = dict(
        ItemVersion.objects.filter(item__in=items)
        .order_by("number")
        .values_list("item_id", "content")
    )
    ids = {pk for item in items for pk in (item.topic_id, item.competence_id) if pk}
    nodes = Node.objects.select_related("framework").in_bulk(ids)
    return [
        Outgoing(
            _("Câu %(n)d") % {"n": item.pk},
            item.kind,
            newest[item.pk],
            _belongs(item, nodes),
            nodes[item.topic_id].title if item.topic_id else "",
        )
        for item in items
    ]


def _belongs(item: Item, nodes: dict[int, Node]) -> Belongs:
    def code(pk: int | None) -> str:
        return f"{nodes[pk].framework.code}/{nodes[pk].code}" if pk else ""

    return Belongs(
        topic=code(item.topic_id),
        competence=code(item.competence_id),
        level=item.level,
        difficulty=item.difficulty,
        purpose=item.purpose,
        seconds=item.expected_seconds,
        source=item.source,
        notes=item.notes,
    )


def stored_file(public_id: str) -> Attached | None:
    """The bytes behind an id that an item names."""
    known = stored_id(public_id)
    stored = StoredFile.objects.filter(public_id=known).first() if known else None
    path = Path(settings.MEDIA_ROOT) / stored.path if stored else None
    if stored is None or path is None or not path.is_file():
        return None
    return Attached(stored.name, path.read_bytes())


def written(items: Sequence[Item], form: Format) -> Written:
    return form.write(outgoing(items), stored_file)


@dataclass(frozen=True)
class NoteShown:
    """One thing that a format can't carry, and of which items."""

    sentence: str
    labels: list[str]
    more: int
    """Items beyond those named."""

    @property
    def named(self) -> str:
        return ", ".join(self.labels)


def grouped(notes: Iterable[Note]) -> list[NoteShown]:
    found: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        labels = found[note.said.sentence]
        if note.label:
            labels.append(note.label)
    return [
        NoteShown(sentence, labels[:SHOWN], max(0, len(labels) - SHOWN))
        for sentence, labels in found.items()
    ]
