"""The slow route: one operation of the hot path in the caller's own transaction, so that both
routes run the same code and leave the same rows."""

from typing import TypeVar

from lantoa.exams.delivery.batch import commit
from lantoa.exams.delivery.operations import Operation, Outcome, Refusal
from lantoa.exams.refusals import Refused, refused

Wanted = TypeVar("Wanted")

SYSTEM = (1 << 15) - 1
"""The epoch of whoever is no device: never fenced off. The highest that a row can keep."""


def operate(operation: Operation, wanted: type[Wanted]) -> Wanted:
    """The outcome. Raises the refusal's class of `refusals`."""
    (outcome,) = commit([operation])
    if isinstance(outcome, wanted):
        return outcome
    raise failure(outcome)


def failure(outcome: Outcome) -> Exception:
    if isinstance(outcome, Refusal):
        return refused(outcome.error, outcome.more)
    return outcome if isinstance(outcome, Exception) else Refused()
