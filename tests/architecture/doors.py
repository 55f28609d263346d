"""Every address of the site, and how to fill in what it asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

Values = dict[str, Any]


@dataclass(frozen=True)
class Door:
    """One named address. `asks`: the names of what stands in its path."""

    name: str
    asks: tuple[str, ...]

    def url(self, values: Values) -> str:
        return reverse(self.name, kwargs=values)


def doors() -> list[Door]:
    """All of them, by name; a second address of the same name and arguments counts once."""
    found = {(door.name, door.asks): door for door in _walk(get_resolver(), ())}
    return [found[key] for key in sorted(found)]


def _walk(at: URLResolver, spaces: tuple[str, ...]) -> Iterator[Door]:
    if at.namespace:
        spaces = (*spaces, at.namespace)
    for each in at.url_patterns:
        if isinstance(each, URLResolver):
            yield from _walk(each, spaces)
        elif isinstance(each, URLPattern):
            assert each.name, f"an address without a name: {each.pattern}"
            yield Door(":".join((*spaces, each.name)), tuple(sorted(_asks(each))))


def _asks(pattern: URLPattern) -> set[str]:
    converted = set(pattern.pattern.converters)
    regex = getattr(pattern.pattern, "regex", None)
    return converted | (set(regex.groupindex) if regex else set())


def plain_doors() -> list[Door]:
    return [door for door in doors() if not door.asks]


def rooms() -> list[Door]:
    """Addresses of something: a row, a file, a code."""
    return [door for door in doors() if door.asks]
