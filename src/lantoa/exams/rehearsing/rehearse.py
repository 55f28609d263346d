"""The whole rehearsal: set up, let them sit, verify, judge, clear away, write down."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lantoa.accounts.models import User
from lantoa.exams.actions.rehearsal import (
    Rehearsal,
    clear_rehearsals,
    note_rehearsal,
    set_up_rehearsal,
)
from lantoa.exams.models import Attempt, Sitting
from lantoa.exams.queries.verifying import verify_sitting
from lantoa.exams.rehearsing.candidates import WORKERS, Hall, Seated, answer_to
from lantoa.exams.rehearsing.client import Client
from lantoa.exams.rehearsing.judging import reasons_against, seconds_to_start
from lantoa.items.papers import open_bundle

MOST_CANDIDATES = 2_000
USUAL_CANDIDATES = 200
MOST_SECONDS = 180.0


@dataclass(frozen=True)
class Outcome:
    go: bool
    reasons: list[str]
    figures: dict[str, Any]


def rehearse(
    sitting: Sitting,
    *,
    connect: Callable[[], Client],
    count: int = USUAL_CANDIDATES,
    workers: int = WORKERS,
    seconds: float = MOST_SECONDS,
    actor: User | None = None,
    say: Callable[[str], None] = lambda _name: None,
) -> Outcome:
    """Raises items' BankTooSmall. Whatever happens, nothing of it is left."""
    clear_rehearsals()
    try:
        made = set_up_rehearsal(sitting=sitting, count=min(count, MOST_CANDIDATES))
        outcome = _sat(sitting, made, connect, workers, seconds, say)
    finally:
        clear_rehearsals()
    data = {"go": outcome.go, "reasons": outcome.reasons, **outcome.figures}
    note_rehearsal(actor=actor, sitting=sitting, outcome=data)
    return outcome


def _sat(
    sitting: Sitting,
    made: Rehearsal,
    connect: Callable[[], Client],
    workers: int,
    seconds: float,
    say: Callable[[str], None],
) -> Outcome:
    hall = Hall(_seated(made), connect, workers, until=time.monotonic() + seconds)
    phases = hall.run(say)
    say("verify")
    verified = verify_sitting(made.sitting)
    # Where the list isn't made yet, at least as many as rehearsed.
    real = max(sitting.candidates.filter(withdrawn_at=None).count(), len(hall.seated))
    reasons = reasons_against(
        phases, candidates=real, differences=len(verified.differences), cut_off=hall.cut_off
    )
    figures = {
        "candidates": len(hall.seated),
        "answers": verified.answers,
        "submitted": verified.submitted,
        "differences": len(verified.differences),
        "seconds_to_start_all": round(seconds_to_start(phases, real), 1),
        "steps": {name: phase.figures() for name, phase in phases.items()},
    }
    return Outcome(not reasons, reasons, figures)


def _seated(made: Rehearsal) -> list[Seated]:
    papers = {}
    for attempt in Attempt.objects.filter(sitting=made.sitting).select_related("bundle"):
        opened = open_bundle(attempt.bundle)
        papers[attempt.candidate_id] = [
            answer_to(opened, place) for place in opened.paper(attempt.seed)
        ]
    return [Seated(ticket, papers[ticket.candidate]) for ticket in made.tickets]
