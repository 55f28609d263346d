"""What a candidate may be told of a result: not before its release, and as much as the blueprint
lets them see."""

from typing import Any

from lantoa.exams.delivery.state import Batch, Row
from lantoa.exams.models import Exam
from lantoa.exams.scoring import breakdown


def told(batch: Batch, row: Row) -> dict[str, Any] | None:
    """None: not yet."""
    sitting = batch.sitting(row.sitting)
    if sitting.exam.release == Exam.Release.COUNCIL and sitting.released_at is None:
        return None
    result = batch.outcome(row)
    if result is None or result.waits:
        return None
    bundle = batch.bundle(row)
    feedback: str = bundle.content["feedback"]
    shown: dict[str, Any] = {"passed": result.passed}
    if feedback != "none":
        shown |= {
            "score": result.score,
            "points": result.points / 100,
            "points_possible": result.possible / 100,
        }
    if feedback in ("topics", "mistakes"):
        parts, topics = breakdown(bundle, batch.paper(row), result.slots)
        for name, tallies in (("parts", parts), ("topics", topics)):
            shown[name] = [
                {"title": t.title, "points": t.points / 100, "possible": t.possible / 100}
                for t in tallies
            ]
    return shown
