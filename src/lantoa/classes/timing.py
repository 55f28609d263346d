from datetime import date, datetime

from lantoa.classes.rules.spans import USUAL, Half, Span
from lantoa.kernel.clock import VIETNAM


def span_of(day: date, half: Half) -> Span:
    """When a half of a day is taught, as moments."""
    starts, ends = USUAL[half]
    return Span(datetime.combine(day, starts, VIETNAM), datetime.combine(day, ends, VIETNAM))
