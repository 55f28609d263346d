"""A preset's windows as days of a year: a proposal for opening cohorts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lantoa.programmes.presets import Preset


@dataclass(frozen=True)
class ProposedWindow:
    name: str
    opens_on: date
    closes_on: date


def proposed_windows(preset: Preset, year: int) -> Iterator[ProposedWindow]:
    for window in preset.windows:
        at = window.year or year
        yield ProposedWindow(
            name=window.name if window.year else f"{window.name}/{at}",
            opens_on=date.fromisoformat(f"{at}-{window.opens}"),
            closes_on=date.fromisoformat(f"{at}-{window.closes}"),
        )
