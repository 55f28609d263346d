"""What candidates got, chose and how long they took, as arrays: only jobs may load this."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from lantoa.exams.item_reports.columns import Columns
from lantoa.exams.models import Answer, Attempt
from lantoa.exams.queries.scored import bundle_of
from lantoa.items.papers import Opened, Place

AT_ONCE = 1000
NOT_MARKED = float("nan")
Taken = tuple[int, int, int, dict[str, list[int | None]]]
Progress = Callable[[int, int], None]


@dataclass
class Matrix:
    """Rows are attempts. NaN: the candidate didn't have the item, or it waits for marks."""

    columns: Columns
    scores: NDArray[np.float64]
    seconds: NDArray[np.float64]
    chosen: list[NDArray[np.bool_] | None]


@dataclass
class Triples:
    """Row, column and what stands there, a million of them without a million objects."""

    rows: "array[int]" = field(default_factory=lambda: array("i"))
    columns: "array[int]" = field(default_factory=lambda: array("i"))
    values: "array[float]" = field(default_factory=lambda: array("d"))

    def add(self, row: int, column: int, value: float) -> None:
        self.rows.append(row)
        self.columns.append(column)
        self.values.append(value)

    @property
    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
        return (
            np.frombuffer(self.rows, dtype=np.int32) if self.rows else np.empty(0, np.int32),
            np.frombuffer(self.columns, dtype=np.int32) if self.rows else np.empty(0, np.int32),
            np.frombuffer(self.values, dtype=np.float64) if self.rows else np.empty(0),
        )


@dataclass
class Sheet:
    """One attempt's: its row, its bundle, its paper, the column of each slot."""

    row: int
    bundle: Opened
    places: Sequence[Place]
    columns: Sequence[int]


class Filling:
    def __init__(self) -> None:
        self.columns = Columns()
        self.got, self.spent, self.picked = Triples(), Triples(), Triples()

    def sheet(self, row: int, taken: Taken) -> Sheet:
        """The attempt with its points."""
        _pk, bundle_id, seed, detail = taken
        bundle = bundle_of(bundle_id)
        places = bundle.paper(seed)
        of_item, share = self.columns.of(bundle), self.columns.shares[bundle.pk]
        columns = [of_item[item] for item, _order in places]
        self.got.rows.extend([row] * len(columns))
        self.got.columns.extend(columns)
        self.got.values.extend(
            NOT_MARKED if points is None else points * share[item]
            for points, (item, _order) in zip(detail["slots"], places, strict=True)
        )
        return Sheet(row, bundle, places, columns)

    def answered(self, sheet: Sheet, responses: dict[int, str]) -> None:
        for slot, text in responses.items():
            for option in self.columns.chosen(sheet.bundle, sheet.places[slot], text):
                self.picked.add(sheet.row, sheet.columns[slot], option)

    def matrix(self, rows: int) -> Matrix:
        shape = (rows, len(self.columns.columns))
        scores, seconds = np.full(shape, np.nan), np.full(shape, np.nan)
        at, of, got = self.got.arrays
        scores[at, of] = got
        at, of, spent = self.spent.arrays
        seconds[at, of] = 0.0
        np.add.at(seconds, (at, of), spent / 1000)
        return Matrix(self.columns, scores, seconds, self._chosen(rows))

    def _chosen(self, rows: int) -> list[NDArray[np.bool_] | None]:
        at, of, options = self.picked.arrays
        picked = options.astype(np.int32)
        tables: list[NDArray[np.bool_] | None] = []
        for place, column in enumerate(self.columns.columns):
            if not column.options:
                tables.append(None)
                continue
            table = np.zeros((rows, column.options), dtype=np.bool_)
            mine = of == place
            table[at[mine], picked[mine]] = True
            tables.append(table)
        return tables


def matrix_of(attempts: QuerySet[Attempt], progress: Progress) -> Matrix:
    """Of submitted attempts, in one pass over their results and their logs."""
    taken: list[Taken] = list(
        attempts.order_by("pk").values_list("pk", "bundle_id", "seed", "result__detail")
    )
    filling = Filling()
    for start in range(0, len(taken), AT_ONCE):
        _chunk(filling, start, taken[start : start + AT_ONCE])
        progress(min(start + AT_ONCE, len(taken)), len(taken))
    return filling.matrix(len(taken))


def _chunk(filling: Filling, start: int, taken: Sequence[Taken]) -> None:
    sheets = {one[0]: filling.sheet(start + n, one) for n, one in enumerate(taken)}
    saved = Answer.objects.filter(attempt__in=list(sheets)).order_by("attempt", "sequence")
    columns = ("attempt_id", "slot", "response", "spent_ms")
    sheet, responses = None, dict[int, str]()
    for pk, slot, text, spent in saved.values_list(*columns).iterator(chunk_size=10_000):
        if sheet is not sheets[pk]:
            if sheet is not None:
                filling.answered(sheet, responses)
            sheet, responses = sheets[pk], {}
        responses[slot] = text
        if spent is not None:
            filling.spent.add(sheet.row, sheet.columns[slot], spent)
    if sheet is not None:
        filling.answered(sheet, responses)
