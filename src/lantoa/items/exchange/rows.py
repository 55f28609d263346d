"""What every format reads into and writes from. Pure: no database, no pictures stored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from zlib import crc32

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Content = dict[str, Any]
QUOTED = "%(sentence)s"


@dataclass(frozen=True)
class Said:
    """A sentence for a person: its msgid and what fills it, so that it is told in the reader's
    language whenever it is shown."""

    text: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return _(self.text) % self.params if self.params else _(self.text)

    def stored(self) -> list[Any]:
        return [self.text, dict(self.params)]

    @classmethod
    def from_stored(cls, kept: Sequence[Any]) -> "Said":
        return cls(kept[0], kept[1])

    @property
    def code(self) -> str:
        """Equal for what is said alike, whatever fills it."""
        told = self.params["sentence"] if self.text == QUOTED else self.text
        return f"{crc32(str(told).encode()):08x}"

    @property
    def general(self) -> str:
        """The sentence without what fills it, to choose by."""
        if self.text == QUOTED:
            return self.sentence
        return _(self.text) % dict.fromkeys(self.params, "…") if self.params else _(self.text)

    @classmethod
    def quoted(cls, sentence: str) -> "Said":
        """A sentence that somebody else has already put into words."""
        return cls(QUOTED, {"sentence": sentence})


class FileWrong(Exception):
    """The file as a whole can't be read, and why."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.text)
        self.said = said


@dataclass
class Belongs:
    """Where an item belongs, in the words of the file; empty: what the importer chooses."""

    topic: str = ""
    competence: str = ""
    level: str = ""
    difficulty: str = ""
    purpose: str = ""
    seconds: int | None = None
    source: str = ""
    notes: str = ""
    guessed: bool = False
    """The topic is a folder's name, not a code that somebody meant."""


@dataclass
class ReadRow:
    """An item as a file says it. Problems keep it out; notes tell what did not come along."""

    number: int
    kind: str = ""
    content: Content = field(default_factory=dict)
    belongs: Belongs = field(default_factory=Belongs)
    place: str = ""
    words: str = ""
    problems: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Attached:
    """A file that came inside another, or that goes into one."""

    name: str
    data: bytes


@dataclass
class Read:
    rows: list[ReadRow]
    files: dict[str, Attached] = field(default_factory=dict)
    """By the key under which the contents name them: `new_key(data)`."""


@dataclass(frozen=True)
class Outgoing:
    """An item to be written. `label` names it to people: "Câu 12"."""

    label: str
    kind: str
    content: Content
    belongs: Belongs = field(default_factory=Belongs)
    topic_title: str = ""


@dataclass(frozen=True)
class Note:
    """What a format could not carry, and of which item (empty: of all)."""

    label: str
    said: Said


@dataclass(frozen=True)
class Written:
    data: bytes
    notes: list[Note]
    count: int
    """Items in the file; what the format can't hold at all is left out and noted."""


Files = Callable[[str], Attached | None]
"""The file behind an id that a content names, if it can be had."""


class Format(Protocol):
    """One way of writing items down. A new one is a module with these names, listed in
    `exchange.FORMATS`; QTI will be one."""

    name: str
    label: str | Promise
    about: str | Promise
    """What it carries, for whoever chooses."""
    extensions: Sequence[str]
    """Of files read; the first is what is written."""
    media_type: str

    def read(self, data: bytes, filename: str) -> Read:
        """The items of a file. Raises FileWrong."""

    def write(self, items: Iterable[Outgoing], files: Files) -> Written:
        """A file of the items."""
