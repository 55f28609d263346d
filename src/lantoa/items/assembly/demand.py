"""What a blueprint asks of its forms, in the terms of `stats.papers`: an item's key is its id."""

from collections.abc import Collection, Mapping, Sequence

from lantoa.items.models import Blueprint
from lantoa.items.queries.bank import Bank, key_of
from lantoa.stats.papers import Band, Candidate, Demand, uses_allowed


def bands_of(blueprint: Blueprint) -> Mapping[str, Band]:
    return {
        name: Band(least, None if most is None else most)
        for name, (least, most) in blueprint.bands.items()
    }


def demand_of(
    blueprint: Blueprint, bank: Bank, *, forms: int, enemies: Collection[tuple[int, int]] = ()
) -> Demand:
    return Demand(
        cells=[cell.count for cell in bank.cells],
        forms=forms,
        bands=bands_of(blueprint),
        enemies=enemies or bank.enemies,
        most_uses=uses_allowed(blueprint.most_exposure, forms) if forms > 1 else None,
        most_overlap=blueprint.most_overlap if forms > 1 else None,
    )


def candidates_of(bank: Bank) -> list[Candidate]:
    return [
        Candidate(entry.item, place, entry.difficulty)
        for place, cell in enumerate(bank.cells)
        for entry in bank.held[key_of(cell)]
    ]


def versions_of(bank: Bank, papers: Sequence[Sequence[Candidate]]) -> list[list[tuple[int, int]]]:
    """Each form as (version id, points), in the order of the cells."""
    version = {entry.item: entry.version for entry in bank.entries()}
    return [[(version[one.key], bank.cells[one.cell].points) for one in paper] for paper in papers]
