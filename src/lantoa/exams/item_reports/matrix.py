"""What candidates got, chose and how long they took, as arrays: only jobs may load this."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from lantoa.exams.delivery.state import paper_of
from lantoa.exams.item_reports.columns import Columns
from lantoa.exams.models import Answer, Attempt
from lantoa.exams.queries.scored import bundle_of
from lantoa.items.papers import Opened, Place

AT_ONCE = 1000
Taken = tuple[int, int, int, dict[str, list[int | None]]]
Progress = Callable[[int, int], None]


@dataclass
class Matrix:
    """Rows are attempts. NaN: the candidate didn't have the item, or it waits for marks."""

    columns: Columns
    scores: NDArray[np.float64]
    seconds: NDArray[np.float64]
    chosen: list[NDArray[np.bool_] | None]


class _Filling:
    def __init__(self, rows: int) -> None:
        self.columns = Columns()
        self.rows = rows
        self.cells: list[tuple[int, list[int], list[float]]] = []
        self.times: dict[tuple[int, int], int] = {}
        self.picked: dict[int, list[tuple[int, int]]] = {}

    def attempt(self, row: int, taken: Taken) -> tuple[Opened, list[Place], list[int]]:
        _pk, bundle_id, seed, detail = taken
        bundle = bundle_of(bundle_id)
        places = paper_of(bundle, seed)
        of_item = self.columns.of(bundle)
        columns = [of_item[item] for item, _order in places]
        worth = [bundle.points(place) for place in places]
        # The same item may be worth more in another form: a column counts in one measure.
        got = [
            float("nan") if points is None or not of
            else points * self.columns.columns[column].points / of
            for points, of, column in zip(detail["slots"], worth, columns, strict=True)
        ]  # fmt: skip
        self.cells.append((row, columns, got))
        return bundle, places, columns

    def matrix(self) -> Matrix:
        shape = (self.rows, len(self.columns.columns))
        scores, seconds = np.full(shape, np.nan), np.full(shape, np.nan)
        for row, columns, got in self.cells:
            scores[row, columns] = got
        if self.times:
            places = np.array(list(self.times), dtype=np.int64)
            seconds[places[:, 0], places[:, 1]] = np.fromiter(self.times.values(), float) / 1000
        chosen: list[NDArray[np.bool_] | None] = []
        for column, one in enumerate(self.columns.columns):
            if not one.options:
                chosen.append(None)
                continue
            table = np.zeros((self.rows, one.options), dtype=np.bool_)
            if picked := self.picked.get(column):
                at = np.array(picked, dtype=np.int64)
                table[at[:, 0], at[:, 1]] = True
            chosen.append(table)
        return Matrix(self.columns, scores, seconds, chosen)


def matrix_of(attempts: QuerySet[Attempt], progress: Progress) -> Matrix:
    """Of submitted attempts, in one pass over their results and their logs."""
    taken: list[Taken] = list(
        attempts.order_by("pk").values_list("pk", "bundle_id", "seed", "result__detail")
    )
    filling = _Filling(len(taken))
    for start in range(0, len(taken), AT_ONCE):
        _chunk(filling, start, taken[start : start + AT_ONCE])
        progress(min(start + AT_ONCE, len(taken)), len(taken))
    return filling.matrix()


def _chunk(filling: _Filling, start: int, taken: Sequence[Taken]) -> None:
    rows = {one[0]: (start + n, *filling.attempt(start + n, one)) for n, one in enumerate(taken)}
    responses: dict[tuple[int, int], str] = {}
    times = filling.times
    saved = Answer.objects.filter(attempt__in=list(rows)).order_by("attempt", "sequence")
    for pk, slot, text, spent in saved.values_list(
        "attempt_id", "slot", "response", "spent_ms"
    ).iterator(chunk_size=10_000):
        responses[pk, slot] = text
        if spent is not None:
            row, _bundle, _places, columns = rows[pk]
            key = (row, columns[slot])
            times[key] = times.get(key, 0) + spent
    for (pk, slot), text in responses.items():
        row, bundle, places, columns = rows[pk]
        for option in filling.columns.chosen(bundle, places[slot], text):
            filling.picked.setdefault(columns[slot], []).append((row, option))
