"""A bundle opened, and the paper that a seed draws from it: which items in which order, each with
its parts in which order. Bundle and seed are all that an attempt keeps of its paper."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import msgspec
from django.template.loader import render_to_string

from lantoa.files.links import today
from lantoa.items import draws
from lantoa.items.kinds import kind_of
from lantoa.items.kinds.base import Content, Kind
from lantoa.items.models import Bundle

TRIES = 200
"""Draws from one seed before enemies are found to leave no paper."""

Place = tuple[int, int]
"""A slot: place in the bundle's items, place in that item's orders."""


class NoPaper(ValueError):
    """The cells can't be filled without enemies meeting."""


@dataclass(frozen=True)
class Opened:
    """A bundle's content, decoded once per process and kept."""

    pk: int
    digest: str
    content: Mapping[str, Any]

    @cached_property
    def kinds(self) -> list[Kind]:
        return [kind_of(item["kind"]) for item in self.content["items"]]

    @cached_property
    def enemies(self) -> frozenset[tuple[int, int]]:
        return frozenset((one, other) for one, other in self.content["enemies"])

    @cached_property
    def _arranged(self) -> dict[Place, Content]:
        return {}

    @cached_property
    def _fragments(self) -> dict[tuple[Place, int, str], str]:
        return {}

    @cached_property
    def _rendered_on(self) -> dict[str, int]:
        return {}

    @property
    def slots(self) -> int:
        return sum(cell["take"] for cell in self.content["cells"])

    def paper(self, seed: int) -> list[Place]:
        """Raises NoPaper."""
        if (dealt := self.content.get("papers")) is not None:
            # Papers from before there were bundles, as they were dealt.
            return [(item, order) for item, order in dealt[str(seed)]]
        rng = Random(seed)  # noqa: S311 - the seed is the secret, drawn by `secrets`
        for _ in range(TRIES):
            items = self._draw(rng)
            if items is not None:
                break
        else:
            raise NoPaper
        if self.content["shuffle_items"]:
            items = [items[place] for place in draws.pick(len(items), len(items), rng)]
        else:
            items.sort()
        return [
            (item, int(rng.random() * len(self.content["items"][item]["orders"]))) for item in items
        ]

    def _draw(self, rng: Random) -> list[int] | None:
        """Cell by cell, never an enemy of one drawn before; None from a corner."""
        items: list[int] = []
        for cell in self.content["cells"]:
            more = draws.pick_apart(
                cell["of"], cell["take"], rng, beside=items, enemies=self.enemies
            )
            if more is None:
                return None
            items += more
        return items

    def arranged(self, place: Place) -> Content:
        """The item's content in that order, key included."""
        found = self._arranged.get(place)
        if found is None:
            item = self.content["items"][place[0]]
            found = self.kinds[place[0]].arrange(item["content"], item["orders"][place[1]])
            self._arranged[place] = found
        return found

    def shown(self, place: Place) -> Content:
        """What the candidate may see of it."""
        return self.kinds[place[0]].for_candidate(self.arranged(place))

    def fragment(self, place: Place, slot: int, language: str) -> str:
        """The item as HTML, its fields named "slot-<slot>", nothing answered."""
        self._forget_old_links()
        key = (place, slot, language)
        found = self._fragments.get(key)
        if found is None:
            kind = self.kinds[place[0]]
            # Rendered once under a stand-in for the name, so that slots share the work.
            bare = self._fragments.get((place, -1, language))
            if bare is None:
                context = {"question": self.shown(place), "name": NAME, "response": None}
                bare = render_to_string(kind.template("play"), context)
                self._fragments[place, -1, language] = bare
            found = bare.replace(NAME, f"slot-{slot}")
        return found

    def _forget_old_links(self) -> None:
        """Images in fragments have addresses that last a few days (`files.links.lasting_url`)."""
        if self._rendered_on.get("day") != today():
            self._fragments.clear()
            self._rendered_on["day"] = today()

    def accepts(self, place: Place, response: Any) -> bool:
        return self.kinds[place[0]].accepts(self.arranged(place), response)

    def points(self, place: Place) -> int:
        """What the slot is worth, in hundredths."""
        worth: int = self.content["items"][place[0]]["points"]
        return worth

    def topic(self, place: Place) -> Mapping[str, Any]:
        topic: Mapping[str, Any] = self.content["topics"][self.content["items"][place[0]]["topic"]]
        return topic


NAME = "slot-0-name-of-fields"

KEPT = 200
_opened: OrderedDict[int, Opened] = OrderedDict()


def open_bundle(bundle: Bundle) -> Opened:
    return opened(bundle.pk, bundle.digest, bundle.content)


def kept(pk: int) -> Opened | None:
    """The bundle, if this process has it open: bundles never change."""
    return _opened.get(pk)


def opened(pk: int, digest: str, content: bytes | memoryview) -> Opened:
    found = _opened.get(pk)
    if found is None or found.digest != digest:
        found = Opened(pk, digest, msgspec.json.decode(bytes(content)))
        _opened[pk] = found
        while len(_opened) > KEPT:
            _opened.popitem(last=False)
    return found


def forget() -> None:
    """Close all bundles: after a restore, or when a test's database is thrown away, a number may
    stand for another bundle."""
    _opened.clear()
