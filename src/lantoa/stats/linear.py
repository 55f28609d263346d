"""A linear or integer program, written column by column and row by row, solved by HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

INFINITY = float(highspy.kHighsInf)
FEASIBLE = {
    highspy.HighsModelStatus.kOptimal,
    # Time was over, or near enough was reached: what was found until then counts.
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kObjectiveTarget,
}


class Infeasible(Exception):
    """No values keep all rows."""


class Solver(highspy.Highs):
    """Says nothing, not even who it is: standard output belongs to whoever runs a command."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the first thing its constructor does
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass
class Program:
    """Minimises the costs. One thread and a fixed seed: the same program gives the same answer."""

    costs: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float]] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def column(self, cost: float, upper: float = INFINITY, *, whole: bool = False) -> int:
        """A new quantity from 0 to `upper`; its number."""
        self.costs.append(cost)
        self.lower.append(0.0)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(
        self,
        least: float,
        most: float,
        columns: Sequence[int],
        values: Sequence[float] | None = None,
    ) -> None:
        """`least` ≤ Σ values × columns ≤ `most`; without values, each counts once."""
        self.columns.extend(columns)
        self.values.extend([1.0] * len(columns) if values is None else values)
        self.starts.append(len(self.columns))
        self.rows.append((least, most))

    def solve(
        self, *, seconds: float = 10.0, gap: float = 0.0, seed: int = 0
    ) -> NDArray[np.float64]:
        """The value of every column. Raises Infeasible."""
        solver = Solver()  # type: ignore[no-untyped-call]
        for option, value in (
            ("threads", 1),
            ("random_seed", seed),
            ("time_limit", seconds),
            ("mip_rel_gap", gap),
        ):
            solver.setOptionValue(option, value)
        solver.passModel(self._model())
        solver.run()
        found = solver.getSolution()
        if solver.getModelStatus() not in FEASIBLE or not found.value_valid:
            raise Infeasible
        return np.array(found.col_value)

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.costs), len(self.rows)
        model.col_cost_ = np.array(self.costs)
        model.col_lower_, model.col_upper_ = np.array(self.lower), np.array(self.upper)
        bounds = np.array(self.rows, dtype=np.float64).reshape(-1, 2)
        model.row_lower_, model.row_upper_ = bounds[:, 0].copy(), bounds[:, 1].copy()
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self.starts, dtype=np.int32)
        model.a_matrix_.index_ = np.array(self.columns, dtype=np.int32)
        model.a_matrix_.value_ = np.array(self.values)
        if any(self.whole):
            kinds = highspy.HighsVarType
            model.integrality_ = [
                kinds.kInteger if whole else kinds.kContinuous for whole in self.whole
            ]
        return model
