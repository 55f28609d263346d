"""Quarter compared with quarter: what came out per period and agency."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Max, Q

from lantoa.exams.models import Attempt, Candidate, Exam
from lantoa.exams.rules.windows import period_shown
from lantoa.people.models import Unit


@dataclass
class Figures:
    """`scores`: how many people have which best score."""

    candidates: int = 0
    present: int = 0
    passed: int = 0
    scores: dict[int, int] = field(default_factory=dict)

    @property
    def median(self) -> float | None:
        return median(self.scores)

    @property
    def pass_share(self) -> float | None:
        return self.passed / self.present if self.present else None

    def add(self, other: "Figures") -> None:
        self.candidates += other.candidates
        self.present += other.present
        self.passed += other.passed
        for score, count in other.scores.items():
            self.scores[score] = self.scores.get(score, 0) + count


def median(scores: dict[int, int]) -> float | None:
    """Of a tally: between the two in the middle where there are two."""
    count = sum(scores.values())
    if not count:
        return None
    middle = [_at(scores, (count - 1) // 2), _at(scores, count // 2)]
    return sum(middle) / 2


def _at(scores: dict[int, int], place: int) -> int:
    for score in sorted(scores):
        place -= scores[score]
        if place < 0:
            return score
    raise IndexError(place)


@dataclass(frozen=True)
class Row:
    unit: Unit | None
    figures: Sequence[Figures]


@dataclass(frozen=True)
class Comparison:
    periods: Sequence[str]
    rows: Sequence[Row]
    total: Sequence[Figures]

    @property
    def heads(self) -> list[str]:
        return [period_shown(period) for period in self.periods]


def comparison_of(exam: Exam) -> Comparison:
    """Agencies as rows, quarters as columns. A person counts once in a quarter of an agency, though
    they sat the make-up too; whoever passed there is passed."""
    cells: dict[tuple[str, int | None], Figures] = defaultdict(Figures)
    for held in exam.sittings.exclude(period="").only("period", "unit"):
        cells[held.period, held.unit_id] = Figures()
    for period, unit, candidates in _candidates(exam):
        cells[period, unit].candidates = candidates
    for period, unit, _person, best, passed in _best(exam):
        cell = cells[period, unit]
        cell.present += 1
        cell.passed += bool(passed)
        if best is not None:
            cell.scores[best] = cell.scores.get(best, 0) + 1
    periods = sorted({period for period, _unit in cells})
    units = Unit.objects.in_bulk([unit for _p, unit in cells if unit is not None])
    order = sorted(
        {unit for _p, unit in cells}, key=lambda pk: (pk is None, units[pk].sort_key if pk else "")
    )
    rows = [
        Row(units.get(unit or 0), [cells.get((p, unit), Figures()) for p in periods])
        for unit in order
    ]
    return Comparison(
        periods, rows, [_sum(row.figures[n] for row in rows) for n in range(len(periods))]
    )


def _sum(figures: Iterable[Figures]) -> Figures:
    total = Figures()
    for each in figures:
        total.add(each)
    return total


_SERIES = ("sitting__period", "sitting__unit_id")


def _candidates(exam: Exam) -> Iterable[tuple[str, int | None, int]]:
    return (
        Candidate.objects.filter(sitting__exam=exam, withdrawn_at=None)
        .exclude(sitting__period="")
        .order_by()
        .values_list(*_SERIES)
        .annotate(n=Count("person", distinct=True))
    )


def _best(exam: Exam) -> Iterable[tuple[str, int | None, int, int | None, int]]:
    """Per person: the best score and whether they passed."""
    rows = (
        Attempt.objects.filter(
            sitting__exam=exam, started_at__isnull=False, candidate__withdrawn_at=None
        )
        .exclude(sitting__period="")
        .order_by()
        .values_list(*_SERIES, "candidate__person_id")
        .annotate(
            best=Max("result__score", filter=Q(result__waits_for_marks=False)),
            passed=Count("pk", filter=Q(result__passed=True)),
        )
    )
    return rows.iterator()
