"""What each item of a file would become: whether it is sound, where it belongs, and whether the
bank of its unit (the unit and every unit under it) has it already."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from lantoa.files.models import StoredFile
from lantoa.items.actions.create_item import prepared
from lantoa.items.exchange.markup import files_in, stored_id
from lantoa.items.exchange.rows import Belongs, ReadRow, Said
from lantoa.items.exchange.sameness import fingerprint
from lantoa.items.kinds import kinds
from lantoa.items.models import Item, ItemImport, ItemImportRow, ItemVersion
from lantoa.items.queries.imports import codes_of
from lantoa.items.queries.nodes import Nodes
from lantoa.items.rules import InvalidContent
from lantoa.people.models import Unit, UnitLink

State = ItemImportRow.State
NO_TOPIC = gettext_noop("Không có chuyên đề “%(topic)s”.")
GUESSED_TOPIC = gettext_noop(
    "Thư mục “%(topic)s” không phải chuyên đề nào; dùng chuyên đề đã chọn."
)
NO_COMPETENCE = gettext_noop("Không có năng lực “%(topic)s”.")
NO_KIND = gettext_noop("Dạng câu này chưa có trong hệ thống.")
TOO_LONG = gettext_noop("Câu dài quá %(limit)s chữ. Hãy rút gọn hoặc chia thành nhiều câu.")
ODD_CONTENT = gettext_noop("Nội dung không đúng cấu trúc của dạng câu này.")
MOST_CHARACTERS = 100_000
NEARNESS = "lantoa.items.exchange.nearness.Nearness"
AT_ONCE = 500
KEYS_AT_ONCE = 5000
Newest = tuple[int, int, str]


@dataclass
class Judge:
    """For one import."""

    into: ItemImport
    nodes: Nodes = field(default_factory=Nodes)
    known: frozenset[str] = field(default_factory=lambda: frozenset(kind.name for kind in kinds()))

    def row(self, read: ReadRow, position: int) -> ItemImportRow:
        """The row as it is kept: wrong, or new until `compare` has looked."""
        problems, notes = list(read.problems), list(read.notes)
        belongs = self._belongs(read.belongs, problems, notes)
        content, key = read.content, ""
        if not problems:
            content, key = self._sound(read, problems)
        return ItemImportRow(
            item_import=self.into,
            position=position,
            place=read.place[:100],
            number=read.number,
            state=State.WRONG if problems else State.NEW,
            kind=read.kind,
            words=read.words[:200],
            search_key=key,
            content={} if problems else content,
            belongs=belongs,
            problems=[said.stored() for said in problems],
            notes=[said.stored() for said in notes],
            codes=codes_of(problems, notes),
        )

    def _sound(self, read: ReadRow, problems: list[Said]) -> tuple[dict[str, Any], str]:
        names = [
            read.kind,
            *(part["kind"] for part in read.content.get("parts", ()) if "kind" in part),
        ]
        if any(name not in self.known for name in names):
            problems.append(Said(NO_KIND))
            return {}, ""
        if len(str(read.content)) > MOST_CHARACTERS:
            problems.append(Said(TOO_LONG, {"limit": MOST_CHARACTERS}))
            return {}, ""
        try:
            return prepared(read.kind, read.content)
        except InvalidContent as error:
            problems += [Said.quoted(one) for one in error.problems]
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            problems.append(Said(ODD_CONTENT))
        return {}, ""

    def _belongs(self, belongs: Belongs, problems: list[Said], notes: list[Said]) -> dict[str, Any]:
        topic = self.into.topic_id
        if belongs.topic:
            if node := self.nodes.find(belongs.topic):
                topic = node.pk
            elif belongs.guessed:
                notes.append(Said(GUESSED_TOPIC, {"topic": belongs.topic[:80]}))
            else:
                problems.append(Said(NO_TOPIC, {"topic": belongs.topic[:80]}))
        competence = self.nodes.find(belongs.competence) if belongs.competence else None
        if belongs.competence and competence is None:
            problems.append(Said(NO_COMPETENCE, {"topic": belongs.competence[:80]}))
        seconds = belongs.seconds if belongs.seconds and belongs.seconds <= 32_000 else None
        return {
            "topic": topic,
            "competence": competence.pk if competence else None,
            "level": _allowed(belongs.level, Item.Level.values, self.into.level),
            "difficulty": _allowed(
                belongs.difficulty, Item.Difficulty.values, Item.Difficulty.MEDIUM
            ),
            "purpose": _allowed(belongs.purpose, Item.Purpose.values, self.into.purpose),
            "expected_seconds": seconds,
            "source": belongs.source[:300],
            "notes": belongs.notes,
        }


def _allowed(value: str, values: Sequence[str], otherwise: str) -> str:
    return value if value in values else str(otherwise)


def compare(unit: Unit, rows: Sequence[ItemImportRow], *, nearly: bool = True) -> None:
    """Mark the rows that the bank has, and (`nearly`) those that are alike to one of its items or
    to an earlier row of the file."""
    sound = [row for row in rows if row.state != State.WRONG]
    digest_of = digests([row.content for row in sound])
    prints = [fingerprint(row.kind, row.content, digest_of) for row in sound]
    first: dict[str, ItemImportRow] = {}
    for row, mark in zip(sound, prints, strict=True):
        if mark in first:
            row.state, row.match_row = State.SAME, first[mark].number
        else:
            first[mark] = row
    fresh = list(first.values())
    near = import_string(NEARNESS)([row.search_key for row in fresh] if nearly else [])
    for at, met in enumerate(near.meet([row.search_key for row in fresh]) if nearly else ()):
        row = fresh[at]
        for other, percent in met:
            if other < at and percent > row.percent:
                row.state, row.match_row, row.percent = State.SIMILAR, fresh[other].number, percent
    held = _compare_with_bank(unit, fresh, near)
    _settle_same(fresh, dict(zip((id(row) for row in sound), prints, strict=True)), held)


def _compare_with_bank(unit: Unit, fresh: Sequence[ItemImportRow], near: Any) -> list[int]:
    """Mark what is alike; the versions with the very same words come back to be looked at."""
    keys = {row.search_key for row in fresh}
    same_words: list[int] = []
    for some in batched(newest_in(unit), KEYS_AT_ONCE):
        same_words += [version for version, _, key in some if key in keys]
        for (_, item, _), met in zip(some, near.meet([key for _, _, key in some]), strict=True):
            for at, percent in met:
                row = fresh[at]
                if percent > row.percent:
                    row.state, row.match_id, row.percent = State.SIMILAR, item, percent
                    row.match_row = None
    return same_words


def batched(found: Iterable[Newest], most: int) -> Iterator[list[Newest]]:
    waiting = iter(found)
    while some := list(islice(waiting, most)):
        yield some


def newest_in(unit: Unit) -> Iterable[Newest]:
    """Version, item and folded words of all items of the unit's bank, whatever their state."""
    units = UnitLink.objects.filter(ancestor=unit).values("unit_id")
    newer = ItemVersion.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    found = ItemVersion.objects.filter(~Exists(newer), item__unit_id__in=units)
    return found.values_list("pk", "item_id", "search_key").iterator(chunk_size=5000)


def _settle_same(
    fresh: Sequence[ItemImportRow], prints: Mapping[int, str], versions: Sequence[int]
) -> None:
    """Rows of which the bank holds the very same content."""
    held: dict[str, int] = {}
    for start in range(0, len(versions), AT_ONCE):
        found = ItemVersion.objects.filter(pk__in=versions[start : start + AT_ONCE])
        listed = list(found.values_list("item_id", "item__kind", "content"))
        digest_of = digests([content for _, _, content in listed])
        for item, kind, content in listed:
            held.setdefault(fingerprint(kind, content, digest_of), item)
    for row in fresh:
        if (found_item := held.get(prints[id(row)])) is not None:
            row.state, row.match_id, row.percent = State.SAME, found_item, 100
            row.match_row = None


def digests(contents: Iterable[Mapping[str, Any]]) -> Callable[[str], str]:
    """What the files that contents name are, by their bytes."""
    ids = {one for content in contents for one in files_in(content)}
    known: dict[str, str] = {}
    if ids:
        found = StoredFile.objects.filter(public_id__in={one for one in ids if stored_id(one)})
        known = {str(pk): digest for pk, digest in found.values_list("public_id", "sha256")}
    return lambda one: known.get(one, one)
