"""Reading sittings, attempts and results.

For `home`: `sittings_for(person)`, each with `state` (`rules.State`), `standing.attempts_left`,
`left` (time), `score`, and the page at `exams:take`.
"""

from lantoa.exams.queries.standings import MySitting, my_sitting, put_in_for, sittings_for

__all__ = [
    "MySitting",
    "my_sitting",
    "put_in_for",
    "sittings_for",
]
