"""The kinds of items, one folder each, found by looking: a new folder is a new kind."""

import pkgutil
from importlib import import_module

from lantoa.items.kinds.base import GROUPS, Kind, Words

_KINDS: dict[str, Kind] = {
    module.name: import_module(f"{__name__}.{module.name}").KIND
    for module in pkgutil.iter_modules(__path__)
    if module.ispkg
}


def kind_of(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return _KINDS[name]


def kinds() -> list[Kind]:
    """All kinds, single choice first, since most items are that."""
    return sorted(_KINDS.values(), key=lambda kind: kind.position)


def grouped_kinds() -> list[tuple[Words, list[Kind]]]:
    """All kinds under the headings that an author chooses from."""
    return [(group, [kind for kind in kinds() if kind.group is group]) for group in GROUPS]
