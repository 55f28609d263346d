"""Classical item analysis with NumPy: how items and a whole test have worked.

Candidates are rows, items columns. A score is the points got; NaN says that the candidate didn't
have this item (forms drawn per candidate), so that 0 always means "had it and got nothing".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Chosen = NDArray[np.bool_]

UPPER_LOWER = 0.27
"""The share of candidates in the upper and in the lower group (Kelley 1939)."""
BINS = 10


@dataclass(frozen=True)
class OptionReport:
    """How often an option was chosen; among the upper and lower group the share of those who had
    the item; the mean share of points, over the whole test, of those who chose it."""

    count: int
    share: float
    upper: float | None
    lower: float | None
    mean_share: float | None


@dataclass(frozen=True)
class ItemReport:
    """`share_right`: points got of those possible (the p-value). `discrimination`: upper minus
    lower group's share. `point_biserial`: correlation with the rest of the test, the item itself
    removed. None: too few or too equal candidates to say."""

    candidates: int
    share_right: float | None
    discrimination: float | None
    point_biserial: float | None
    mean_seconds: float | None
    median_seconds: float | None
    options: tuple[OptionReport, ...] = ()


@dataclass(frozen=True)
class TestReport:
    """Means and spread in points; `alpha` is KR-20 when items are right or wrong. `distribution`:
    candidates per tenth of the points possible, full marks in the last one."""

    candidates: int
    mean: float | None
    deviation: float | None
    median: float | None
    least: float | None
    most: float | None
    alpha: float | None
    measurement_error: float | None
    distribution: tuple[int, ...]
    items: tuple[ItemReport, ...]

    __test__ = False  # not a test, whatever its name says to pytest


def analyse(
    scores: Numbers,
    possible: Sequence[float],
    *,
    seconds: Numbers | None = None,
    chosen: Sequence[Chosen | None] = (),
) -> TestReport:
    """`seconds` like `scores`, NaN where unknown; `chosen`, per item, candidates × options, or None
    for items without options."""
    scores = np.asarray(scores, dtype=np.float64)
    if scores.ndim != 2 or scores.shape[1] != len(possible):
        raise ValueError("one row per candidate, one column per item")
    worth = np.asarray(possible, dtype=np.float64)
    had = ~np.isnan(scores)
    got = np.where(had, scores, 0.0)
    totals, reachable = got.sum(axis=1), had @ worth
    shares = np.divide(totals, reachable, out=np.zeros_like(totals), where=reachable > 0)
    upper, lower = groups(shares)
    alpha, deviation = _alpha(got, had), _deviation(totals)
    return TestReport(
        candidates=len(totals),
        mean=_mean(totals),
        deviation=deviation,
        median=float(np.median(totals)) if len(totals) else None,
        least=float(totals.min()) if len(totals) else None,
        most=float(totals.max()) if len(totals) else None,
        alpha=alpha,
        measurement_error=_error(alpha, deviation),
        distribution=_distribution(shares),
        items=tuple(
            _Item(place, got, had, worth, totals, reachable, shares, upper, lower).report(
                None if seconds is None else seconds[:, place],
                chosen[place] if place < len(chosen) else None,
            )
            for place in range(len(worth))
        ),
    )


def chosen_one(choices: NDArray[np.int64], options: int) -> Chosen:
    """What `analyse` takes, for items with one answer: per candidate the option, or -1."""
    chosen: Chosen = choices[:, None] == np.arange(options)[None, :]
    return chosen


def groups(shares: Numbers) -> tuple[Numbers, Numbers]:
    """The weight of each candidate in the upper and in the lower group. Those who tie at the edge
    share its places, so that the order of rows means nothing."""
    size = max(1, round(UPPER_LOWER * len(shares)))
    return _group(shares, size), _group(-shares, size)


def _group(values: Numbers, size: int) -> Numbers:
    if len(values) < size:
        return np.zeros_like(values)
    edge = np.partition(values, len(values) - size)[len(values) - size]
    above, at = values > edge, values == edge
    weights: Numbers = above.astype(np.float64)
    weights[at] = (size - above.sum()) / at.sum()
    return weights


@dataclass(frozen=True)
class _Item:
    place: int
    got: Numbers
    had: NDArray[np.bool_]
    worth: Numbers
    totals: Numbers
    reachable: Numbers
    shares: Numbers
    upper: Numbers
    lower: Numbers

    def report(self, seconds: Numbers | None, chosen: Chosen | None) -> ItemReport:
        had = self.had[:, self.place]
        right = self.got[had, self.place] / self.worth[self.place]
        upper, lower = self.upper[had], self.lower[had]
        above, below = _weighted(right, upper), _weighted(right, lower)
        times = np.array([]) if seconds is None else seconds[had & ~np.isnan(seconds)]
        return ItemReport(
            candidates=int(had.sum()),
            share_right=_mean(right),
            discrimination=None if above is None or below is None else above - below,
            point_biserial=self._with_rest(had),
            mean_seconds=_mean(times),
            median_seconds=float(np.median(times)) if len(times) else None,
            options=() if chosen is None else self._options(chosen[had], had, upper, lower),
        )

    def _with_rest(self, had: NDArray[np.bool_]) -> float | None:
        """Of candidates with different forms the rest is a share; of equal ones it is the same."""
        item = self.got[had, self.place]
        left = self.reachable[had] - self.worth[self.place]
        rest = np.divide(self.totals[had] - item, left, out=np.zeros_like(left), where=left > 0)
        return _correlation(item, rest)

    def _options(
        self, chosen: Chosen, had: NDArray[np.bool_], upper: Numbers, lower: Numbers
    ) -> tuple[OptionReport, ...]:
        shares, number = self.shares[had], max(1, int(had.sum()))
        return tuple(
            OptionReport(
                count=int(column.sum()),
                share=float(column.sum()) / number,
                upper=_weighted(column, upper),
                lower=_weighted(column, lower),
                mean_share=_mean(shares[column]),
            )
            for column in chosen.T
        )


def _alpha(got: Numbers, had: NDArray[np.bool_]) -> float | None:
    """Cronbach's alpha as k·c̄ / (v̄ + (k-1)·c̄), of the mean variance and the mean covariance of
    items: for equal forms the usual formula, and for drawn ones over those who had both items."""
    # Every product over candidates as one product of matrices, 0 where an item wasn't had.
    present = had.astype(np.float64)
    both = present.T @ present
    sums = got.T @ present  # of the first item, over those who had the second too
    with np.errstate(invalid="ignore", divide="ignore"):
        together = (got.T @ got) / both - (sums / both) * (sums.T / both)
    length = float(had.sum(axis=1).mean()) if len(had) else 0.0
    own, apart = np.eye(len(both), dtype=bool), ~np.eye(len(both), dtype=bool)
    pairs = apart & (both > 1)
    if length < 2 or not pairs.any():
        return None
    variance = float(np.average(together[own], weights=np.maximum(both[own], 1e-9)))
    covariance = float(np.average(together[pairs], weights=both[pairs]))
    below = variance + (length - 1) * covariance
    return length * covariance / below if below > 1e-12 else None


def _error(alpha: float | None, deviation: float | None) -> float | None:
    if alpha is None or deviation is None:
        return None
    return deviation * sqrt(max(0.0, 1 - alpha))


def _correlation(one: Numbers, other: Numbers) -> float | None:
    if len(one) < 2:
        return None
    a, b = one - one.mean(), other - other.mean()
    below = sqrt(float(a @ a) * float(b @ b))
    return float(a @ b) / below if below > 1e-12 else None


def _weighted(values: NDArray[np.float64] | Chosen, weights: Numbers) -> float | None:
    total = float(weights.sum())
    return float(values @ weights) / total if total > 1e-12 else None


def _mean(values: Numbers) -> float | None:
    return float(values.mean()) if len(values) else None


def _deviation(values: Numbers) -> float | None:
    return float(values.std(ddof=1)) if len(values) > 1 else None


def _distribution(shares: Numbers) -> tuple[int, ...]:
    places = np.clip(np.floor(shares * BINS + 1e-9).astype(int), 0, BINS - 1)
    return tuple(int(n) for n in np.bincount(places, minlength=BINS))
