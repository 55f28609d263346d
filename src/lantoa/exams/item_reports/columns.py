"""The columns of a report: item versions, whichever bundle of the exam they came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from lantoa.items.kinds.base import Content, Kind
from lantoa.items.papers import Opened, Place


@dataclass
class Column:
    """`options`: how many the item has, as written; 0: none to count."""

    version: int
    kind: Kind
    content: Content
    points: int
    options: int


@dataclass
class Columns:
    """Filled bundle by bundle. `at`: bundle → place in its items → column; `shares` likewise: what
    a point there is in the column's measure, since an item may be worth more in another form."""

    columns: list[Column] = field(default_factory=list)
    at: dict[int, list[int]] = field(default_factory=dict)
    shares: dict[int, list[float]] = field(default_factory=dict)
    _by_version: dict[int, int] = field(default_factory=dict)
    _chosen: dict[tuple[int, Place, str], tuple[int, ...]] = field(default_factory=dict)

    def of(self, bundle: Opened) -> list[int]:
        found = self.at.get(bundle.pk)
        if found is None:
            items = bundle.content["items"]
            found = self.at[bundle.pk] = [
                self._column(item, bundle.kinds[place]) for place, item in enumerate(items)
            ]
            self.shares[bundle.pk] = [
                self.columns[column].points / item["points"] if item["points"] else 0.0
                for column, item in zip(found, items, strict=True)
            ]
        return found

    def _column(self, item: Mapping[str, Any], kind: Kind) -> int:
        version = item["version"]
        if version not in self._by_version:
            self._by_version[version] = len(self.columns)
            options = item["content"].get("options") or ()
            # An order that names the options is what leads from a place shown to one as written.
            counted = len(options) if len(options) == len(item["orders"][0]) else 0
            self.columns.append(Column(version, kind, item["content"], item["points"], counted))
        return self._by_version[version]

    def chosen(self, bundle: Opened, place: Place, text: str) -> tuple[int, ...]:
        """The options of a response, by their place as the item was written."""
        key = (bundle.pk, place, text)
        found = self._chosen.get(key)
        if found is None:
            found = self._chosen[key] = self._options(bundle, place, text)
        return found

    def _options(self, bundle: Opened, place: Place, text: str) -> tuple[int, ...]:
        column = self.columns[self.of(bundle)[place[0]]]
        if not column.options:
            return ()
        value = msgspec.json.decode(text)
        order: Sequence[int] = bundle.content["items"][place[0]]["orders"][place[1]]
        given = value if isinstance(value, list) else [value]
        return tuple(order[each] for each in given if type(each) is int and 0 <= each < len(order))
