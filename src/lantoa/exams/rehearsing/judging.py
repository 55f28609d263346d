"""Go or no-go from the figures of a rehearsal. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

PHASES = ("enter", "start", "paper", "saves", "submit", "result")
MOST_SAVE_MS = 1_000.0
MOST_START_MS = 2_000.0
MOST_MINUTE_SECONDS = 60.0
"""How long it may take until everybody has started and has their paper, at the rate measured."""


@dataclass
class Phase:
    """What one step took, in milliseconds each; `errors` by what was answered."""

    spent: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def at(self, share: float) -> float:
        """The time within which this share of the requests was answered."""
        if not self.spent:
            return 0.0
        ordered = sorted(self.spent)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def per_second(self) -> float:
        return len(self.spent) / self.seconds if self.seconds else 0.0

    def figures(self) -> dict[str, Any]:
        return {
            "requests": len(self.spent),
            "p50_ms": round(self.at(0.5), 1),
            "p99_ms": round(self.at(0.99), 1),
            "max_ms": round(max(self.spent, default=0.0), 1),
            "per_second": round(self.per_second, 1),
            "errors": self.errors,
        }


def reasons_against(
    phases: Mapping[str, Phase], *, candidates: int, differences: int, cut_off: bool
) -> list[str]:
    """Why not; empty: go. `candidates`: of the real sitting."""
    reasons: list[str] = []
    for name, phase in phases.items():
        for error, count in phase.errors.items():
            words = {"n": count, "step": _step(name), "error": error}
            reasons.append(_("%(n)d lần %(step)s không được: %(error)s.") % words)
    if cut_off:
        reasons.append(_("Không xong trong thời gian cho phép."))
    if differences:
        reasons.append(_("%(n)d chỗ trong bài làm không khớp khi tính lại.") % {"n": differences})
    for name, most in (("saves", MOST_SAVE_MS), ("start", MOST_START_MS)):
        slowest = phases[name].at(0.99) if name in phases else 0.0
        if slowest > most:
            words = {"step": _step(name), "ms": round(slowest), "most": round(most)}
            reasons.append(
                _("Chậm khi %(step)s: 99%% trong %(ms)d ms, cho phép %(most)d ms.") % words
            )
    wait = seconds_to_start(phases, candidates)
    if wait > MOST_MINUTE_SECONDS:
        words = {"n": candidates, "seconds": round(wait)}
        reasons.append(
            _("%(n)d thí sinh cùng bấm bắt đầu thì người cuối chờ khoảng %(seconds)d giây.") % words
        )
    return reasons


def seconds_to_start(phases: Mapping[str, Phase], candidates: int) -> float:
    """Until the last of so many has started and got their paper."""
    rates: Sequence[float] = [
        phases[name].per_second for name in ("start", "paper") if name in phases
    ]
    return sum(candidates / rate for rate in rates if rate)


def _step(name: str) -> str:
    return {
        "enter": _("vào thi"),
        "start": _("bắt đầu"),
        "paper": _("tải đề"),
        "saves": _("lưu câu trả lời"),
        "submit": _("nộp bài"),
        "result": _("xem kết quả"),
    }.get(name, name)
