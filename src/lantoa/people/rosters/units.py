"""Finds the unit that a text in a roster means, among the units under the importing one.

Vietnamese marks count: Văn Lang and Văn Lăng are two communes of one province. Only one exact
match is taken; everything near it is a suggestion for a person to confirm.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Generic, NamedTuple, TypeVar

from lantoa.kernel.text import clean, fold
from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.unit_names import name_key, take_apart

Id = TypeVar("Id", bound=Hashable)

_MAX_SUGGESTIONS: Final = 5
_LIKENESS: Final = 0.75


class KnownUnit(NamedTuple, Generic[Id]):
    """A unit that a text may mean. `aliases` are its former and other names."""

    id: Id
    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitMatch(Generic[Id]):
    """`id` when exactly one unit is meant, else None with an issue and perhaps suggestions."""

    id: Id | None
    issue: Issue | None = None
    suggestions: tuple[KnownUnit[Id], ...] = ()


class UnitMatcher(Generic[Id]):
    """Match many texts against the same units.

    `context` holds names that may follow after a comma and say nothing new: of the importing unit
    and the units above it ("Xã Văn Hán, tỉnh Thái Nguyên").
    """

    def __init__(self, units: Iterable[KnownUnit[Id]], context: Collection[str] = ()) -> None:
        self._units = list(units)
        self._context = {take_apart(name).name for name in context}
        self._by_code: dict[str, KnownUnit[Id]] = {unit.code: unit for unit in self._units}
        self._by_name = self._index((unit, unit.name) for unit in self._units)
        self._by_alias = self._index((u, alias) for u in self._units for alias in u.aliases)
        self._by_fold: dict[str, list[KnownUnit[Id]]] = defaultdict(list)
        for name, found in [*self._by_name.items(), *self._by_alias.items()]:
            self._by_fold[fold(name)] += found
        self._known: dict[str, UnitMatch[Id]] = {}

    @staticmethod
    def _index(names: Iterable[tuple[KnownUnit[Id], str]]) -> Mapping[str, list[KnownUnit[Id]]]:
        index: dict[str, list[KnownUnit[Id]]] = defaultdict(list)
        for unit, name in names:
            if unit not in index[take_apart(name).name]:
                index[take_apart(name).name].append(unit)
        return dict(index)

    def match(self, text: str) -> UnitMatch[Id]:
        """The unit that `text` means. Equal texts are worked out once."""
        if text not in self._known:
            self._known[text] = self._match(clean(text))
        return self._known[text]

    def _match(self, text: str) -> UnitMatch[Id]:
        if not fold(text):
            return UnitMatch(None, Issue("unit_missing", Field.UNIT))
        if text in self._by_code:
            return UnitMatch(self._by_code[text].id)
        asked = self._without_context(text)
        kind, name = take_apart(asked)
        if name_key(asked) in self._by_name:  # "Xa Dung" is a name, though it begins as a kind does
            kind, name = "", name_key(asked)
        found = self._by_name.get(name, [])
        if found:
            return self._of_kind(found, kind, text)
        found = self._by_alias.get(name, [])
        if len(found) == 1:
            told = {"typed": text, "name": found[0].name}
            return UnitMatch(found[0].id, Issue("unit_old_name", Field.UNIT, told))
        if found:
            return self._doubt("unit_several", text, found)
        return self._nearest(text, asked)

    def _of_kind(self, found: list[KnownUnit[Id]], kind: str, text: str) -> UnitMatch[Id]:
        """Of equal names the one of the kind that was written; without a kind only a lone one."""
        alike = [u for u in found if kind in ("", take_apart(u.name).kind)]
        if len(alike) == 1:
            return UnitMatch(alike[0].id)
        if not alike:
            return self._doubt("unit_other_kind", text, found)
        return self._doubt("unit_several", text, alike)

    def _without_context(self, text: str) -> str:
        """The text without trailing names of the units above: ", tỉnh Thái Nguyên"."""
        for separator in (",", " - ", " – ", ";"):
            first, *rest = text.split(separator)
            if rest and all(take_apart(part).name in self._context for part in rest):
                return first
        return text

    def _nearest(self, text: str, asked: str) -> UnitMatch[Id]:
        """Suggestions: the same letters without marks, a part of the text, or a near spelling."""
        name = take_apart(asked).name
        found = list(self._by_fold.get(fold(name), []))
        if not found:  # a department and its unit: "Phòng Kinh tế xã Văn Hán"
            words = f" {name_key(asked)} "
            found = [unit for unit in self._units if f" {name_key(unit.name)} " in words]
        if not found:
            near = get_close_matches(fold(name), self._by_fold, _MAX_SUGGESTIONS, _LIKENESS)
            found = [unit for key in near for unit in self._by_fold[key]]
        if not found:
            return UnitMatch(None, Issue("unit_unknown", Field.UNIT, {"typed": text}))
        return self._doubt("unit_similar", text, found)

    def _doubt(self, code: str, text: str, found: list[KnownUnit[Id]]) -> UnitMatch[Id]:
        suggestions = tuple(dict.fromkeys(found))[:_MAX_SUGGESTIONS]
        names = ", ".join(unit.name for unit in suggestions)
        issue = Issue(code, Field.UNIT, {"typed": text, "suggestions": names})
        return UnitMatch(None, issue, suggestions)
