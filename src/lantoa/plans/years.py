"""A plan of last year as the start of the next."""

import re
from calendar import monthrange
from datetime import date
from typing import Any


def a_year_on(day: date) -> date:
    """The same day a year later; 29 February becomes the 28th."""
    last = monthrange(day.year + 1, day.month)[1]
    return date(day.year + 1, day.month, min(day.day, last))


def next_year(values: dict[str, Any]) -> dict[str, Any]:
    """What a plan said, for the year after: its days and the year in its title move on; its
    decision isn't the new one's."""
    year = values["starts_on"].year
    title = re.sub(rf"\b{year}\b", str(year + 1), values["title"])
    return {
        **values,
        "title": title,
        "starts_on": a_year_on(values["starts_on"]),
        "ends_on": a_year_on(values["ends_on"]),
        "decision_number": "",
        "decision_date": None,
    }
