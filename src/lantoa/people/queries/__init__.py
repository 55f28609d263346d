"""Reads of people and units that other domains build on; see the package's docstring."""

from lantoa.people.queries.persons import PersonFilter, filter_persons, person_of
from lantoa.people.queries.units import children_with_counts, subtree, unit_by_code

__all__ = [
    "PersonFilter",
    "children_with_counts",
    "filter_persons",
    "person_of",
    "subtree",
    "unit_by_code",
]
