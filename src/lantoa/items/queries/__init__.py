"""Reading items and blueprints; what is out of reach doesn't exist."""

from lantoa.items.queries.bank import bank_counts, draw_versions, shortages_of
from lantoa.items.queries.blueprints import blueprint_for, blueprints_within, matrix_of
from lantoa.items.queries.items import item_for, items_within, search, with_newest

__all__ = [
    "bank_counts",
    "blueprint_for",
    "blueprints_within",
    "draw_versions",
    "item_for",
    "items_within",
    "matrix_of",
    "search",
    "shortages_of",
    "with_newest",
]
