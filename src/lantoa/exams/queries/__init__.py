"""Reading sittings, attempts and results.

For `home`: `sittings_for(person)`, each with `state` (`rules.State`), `standing.attempts_left`,
`left` (time), `score`, and the page at `exams:take`.
"""

from lantoa.exams.queries.papers import contents_of
from lantoa.exams.queries.standings import MySitting, my_sitting, sittings_for, standing_of

__all__ = [
    "MySitting",
    "contents_of",
    "my_sitting",
    "sittings_for",
    "standing_of",
]
