"""The kinds of activities, one folder each, found by looking: copy a folder to add one."""

import pkgutil
from importlib import import_module

from lantoa.courses.kinds.base import Kind

_KINDS: dict[str, Kind] = {
    module.name: import_module(f"{__name__}.{module.name}").KIND
    for module in pkgutil.iter_modules(__path__)
    if module.ispkg
}


def kind_of(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return _KINDS[name]


def kinds() -> list[Kind]:
    """All kinds in the order authors are offered them."""
    return sorted(_KINDS.values(), key=lambda kind: kind.position)
