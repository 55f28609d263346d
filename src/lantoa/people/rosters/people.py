"""Which person of the register a row means. Nobody is taken for somebody else: only what cannot be
two people is taken, and everything near it is put before the coordinator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from lantoa.kernel.text import fold, normalise_tones
from lantoa.people.rosters.messages import Issue


def name_key(full_name: str) -> str:
    """Equal for spellings of one name: hoà and hòa, capitals."""
    return normalise_tones(full_name).casefold()


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the register whom the reader may see."""

    id: int
    unit_id: int
    family: str
    middle: str
    given: str
    birth_date: date | None = None
    birth_year: int | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    number_hash: str = ""
    title: str = ""
    ethnicity: str = ""
    note: str = ""
    left: bool = False
    user_id: int | None = None

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.family, self.middle, self.given) if part)


class Asked(NamedTuple):
    """What a row says of somebody; "" and None where it says nothing. `unit_id` is None when the
    row names no unit that is known for certain."""

    name: str
    birth_date: date | None = None
    birth_year: int | None = None
    phone: str = ""
    email: str = ""
    number_hash: str = ""
    unit_id: int | None = None


class Found(NamedTuple):
    """`person` when it is certain. With an issue and suggestions a coordinator decides; with
    neither it is somebody new."""

    person: Known | None = None
    issue: Issue | None = None
    suggestions: tuple[Known, ...] = ()


SOMEBODY_NEW: Final = Found()
Describe = Callable[[Known], str]
_NAMED: Final = 5
_ORDER: Final = ("number_differs", "person_birth_differs", "person_maybe")


def find_person(
    asked: Asked,
    holder: Known | None,
    namesakes: Sequence[Known],
    describe: Describe,
    adds_nothing: Callable[[Known], bool] = lambda _known: False,
) -> Found:
    """`holder` has the row's personal number; `namesakes` have its name, accents aside.

    `adds_nothing` tells whether the row says of a person only what the register says already.
    """
    if holder is not None:
        return _by_number(asked, holder, describe)
    key = name_key(asked.name)
    alike = [known for known in namesakes if name_key(known.name) == key]
    certain = [known for known in alike if _verdict(asked, known) == ""]
    certain = [known for known in certain if not known.left] or certain
    if len(certain) > 1:
        certain = _narrowed(asked, certain)
    if len(certain) == 1:
        return _taken(certain[0], describe)
    if certain:
        return _doubt("person_several", certain, describe)
    doubts = [known for known in alike if _verdict(asked, known) in _ORDER and not known.left]
    if doubts:
        return _settled(asked, doubts, describe, adds_nothing)
    similar = [
        known
        for known in namesakes
        if name_key(known.name) != key and not known.left and _only_the_name(asked, known)
    ]
    return _doubt("person_similar", similar, describe) if similar else SOMEBODY_NEW


def _by_number(asked: Asked, holder: Known, describe: Describe) -> Found:
    if name_key(asked.name) == name_key(holder.name) or written_plainly(asked.name, holder.name):
        return _taken(holder, describe)
    return _doubt("number_of_other", [holder], describe)


def _taken(known: Known, describe: Describe) -> Found:
    if known.left:
        left = Issue("person_left", "", {"person": describe(known)})
        return Found(None, left)
    return Found(known)


def _verdict(asked: Asked, known: Known) -> str | None:
    """Empty when a namesake is certainly the one asked for, None when certainly not, else the
    code of the doubt."""
    other_number = bool(asked.number_hash and known.number_hash) and (
        asked.number_hash != known.number_hash
    )
    reached = _reached_alike(asked, known)
    birth = _births(asked, known)
    if birth == "same":
        return "number_differs" if other_number else ""
    if birth == "differ":
        return "person_birth_differs" if reached and not other_number else None
    if other_number:
        return "person_maybe" if reached else None
    if reached:
        return ""
    same_unit = asked.unit_id is None or asked.unit_id == known.unit_id
    return "person_maybe" if same_unit or birth == "year" else None


def _births(asked: Asked, known: Known) -> str:
    """same, differ, year (the year is the same, the day not known), unknown."""
    if asked.birth_date and known.birth_date:
        return "same" if asked.birth_date == known.birth_date else "differ"
    if asked.birth_year and known.birth_year:
        return "year" if asked.birth_year == known.birth_year else "differ"
    return "unknown"


def _reached_alike(asked: Asked, known: Known) -> bool:
    same_phone = bool(asked.phone) and asked.phone == known.phone
    return same_phone or (bool(asked.email) and asked.email == known.email.lower())


def _only_the_name(asked: Asked, known: Known) -> bool:
    birth = _births(asked, known)
    return birth == "same" or (birth != "differ" and _reached_alike(asked, known))


def _narrowed(asked: Asked, certain: list[Known]) -> list[Known]:
    """Of several with one name and birth: by phone or e-mail, then by the unit the row names."""
    for same in (_reached_alike, _in_unit):
        narrower = [known for known in certain if same(asked, known)]
        if len(narrower) == 1:
            return narrower
    return certain


def _in_unit(asked: Asked, known: Known) -> bool:
    return asked.unit_id == known.unit_id


def _settled(
    asked: Asked, doubts: list[Known], describe: Describe, adds_nothing: Callable[[Known], bool]
) -> Found:
    """A namesake in the same unit of whom the row says nothing new is no question: whoever is
    meant, nothing would change."""
    [only, *others] = doubts
    if not others and _in_unit(asked, only) and adds_nothing(only):
        return Found(only)
    verdicts = {_verdict(asked, known) for known in doubts}
    return _doubt(next(code for code in _ORDER if code in verdicts), doubts, describe)


def _doubt(code: str, people: Sequence[Known], describe: Describe) -> Found:
    named = "; ".join(describe(known) for known in people[:_NAMED])
    return Found(None, Issue(code, "", {"person": named}), tuple(people[:_NAMED]))


def written_plainly(name: str, known: str) -> bool:
    """Whether `name` is `known` without its accents: nothing to take from it."""
    return name.isascii() and not known.isascii() and fold(name) == fold(known)
