"""What could stand in the place of an item of a form, and what it would break."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lantoa.items.assembly.demand import demand_of
from lantoa.items.assembly.sentences import sentence
from lantoa.items.models import Form, FormSlot, ItemVersion
from lantoa.items.queries.bank import Entry, cell_for, key_of, pool_of
from lantoa.kernel.text import fold
from lantoa.stats.papers import Candidate, Demand, breaches

SHOWN = 50


@dataclass(frozen=True)
class Offer:
    """An item for the place, and the sentences of what it would break."""

    version: ItemVersion
    breaks: Sequence[str]


class Swaps:
    """The caller has authorised the form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.bank = pool_of(form.blueprint)
        self.keys = [key_of(cell) for cell in self.bank.cells]

    @cached_property
    def others(self) -> list[Form]:
        """The forms that it was assembled with and that are still of use."""
        if self.form.batch is None:
            return []
        batch = Form.objects.filter(batch=self.form.batch).exclude(state=Form.State.RETIRED)
        return list(batch.exclude(pk=self.form.pk).order_by("id"))

    @cached_property
    def _held(self) -> dict[int, list[tuple[int, Candidate]]]:
        """Form → (position, what stands there); -1 is no cell of the blueprint any more."""
        forms = [self.form.pk, *(other.pk for other in self.others)]
        rows = FormSlot.objects.filter(form__in=forms).values_list(
            "form_id", "position", "version__item_id", "version__item__topic_id",
            "version__item__level", "version__item__kind", "version__item__difficulty",
        )  # fmt: skip
        held: dict[int, list[tuple[int, Candidate]]] = {pk: [] for pk in forms}
        for form, position, item, topic, level, kind, difficulty in rows:
            cell = cell_for((topic or 0, level, kind), self.keys)
            place = self.keys.index(cell) if cell else -1
            held[form].append((position, Candidate(item, place, difficulty)))
        return held

    @cached_property
    def demand(self) -> Demand:
        demand = demand_of(self.form.blueprint, self.bank, forms=len(self.others) + 1)
        mine = {one.key for _position, one in self._held[self.form.pk]}
        return replace(demand, enemies=[p for p in demand.enemies if mine & set(p)])

    def _cell_at(self, slot: FormSlot) -> int:
        return next(c.cell for at, c in self._held[self.form.pk] if at == slot.position)

    def entries(self, slot: FormSlot) -> list[Entry]:
        """Items of the cell that the slot fills, and are not in the form yet."""
        place = self._cell_at(slot)
        mine = {one.key for _position, one in self._held[self.form.pk]}
        held = self.bank.held[self.keys[place]] if place >= 0 else self.bank.entries()
        return [entry for entry in held if entry.item not in mine]

    def entry(self, slot: FormSlot, item: int) -> Entry | None:
        return next((entry for entry in self.entries(slot) if entry.item == item), None)

    def breaks(self, slot: FormSlot, entry: Entry) -> list[str]:
        """Sentences of what the form would break that it doesn't break already."""
        names = [other.code for other in self.others]
        return [
            sentence(finding, self.bank.cells, names)
            for finding in breaches(self._paper(slot, entry), self.demand, self._papers)
            if finding not in self._broken
        ]

    @cached_property
    def _papers(self) -> list[list[Candidate]]:
        return [[one for _position, one in self._held[other.pk]] for other in self.others]

    @cached_property
    def _broken(self) -> list[object]:
        paper = [one for _position, one in self._held[self.form.pk]]
        return list(breaches(paper, self.demand, self._papers))

    def broken(self) -> list[str]:
        """What the form as it stands breaks of the blueprint as it is now."""
        paper = [one for _position, one in self._held[self.form.pk]]
        names = [other.code for other in self.others]
        found = breaches(paper, self.demand, self._papers)
        return [sentence(finding, self.bank.cells, names) for finding in found]

    @cached_property
    def _places(self) -> dict[int, int]:
        """Item → the index of the cell it can fill."""
        return {
            entry.item: place
            for place, key in enumerate(self.keys)
            for entry in self.bank.held[key]
        }

    def _paper(self, slot: FormSlot, entry: Entry) -> list[Candidate]:
        changed = Candidate(entry.item, self._places[entry.item], entry.difficulty)
        return [
            changed if position == slot.position else one
            for position, one in self._held[self.form.pk]
        ]

    def outdated(self) -> set[int]:
        """Items of the form that the bank gives in a newer version by now, or not any more."""
        newest = {entry.item: entry.version for entry in self.bank.entries()}
        slots = self.form.slots.values_list("version__item_id", "version_id")
        return {item for item, version in slots if newest.get(item) != version}


def offers(swaps: Swaps, slot: FormSlot, words: str = "") -> tuple[list[Offer], int]:
    """Items for the place whose text has the words, those that break nothing first, at most SHOWN;
    and how many there are."""
    entries = swaps.entries(slot)
    if wanted := fold(words).split()[:10]:
        found = ItemVersion.objects.filter(pk__in=[entry.version for entry in entries])
        for word in wanted:
            found = found.filter(search_key__contains=word)
        kept = set(found.values_list("pk", flat=True))
        entries = [entry for entry in entries if entry.version in kept]
    judged = sorted(
        ((swaps.breaks(slot, entry), entry) for entry in entries),
        key=lambda one: (len(one[0]), one[1].item),
    )
    shown = judged[:SHOWN]
    versions = ItemVersion.objects.select_related("item__topic").in_bulk(
        [entry.version for _breaks, entry in shown]
    )
    return [Offer(versions[entry.version], breaks) for breaks, entry in shown], len(judged)
