"""Which of the many true things about a learner the page says first. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """In the order in which they ask for attention."""

    TESTING = "testing"
    LEARNING = "learning"
    TEST_OPEN = "test_open"
    CLASS = "class"
    TEST_LATER = "test_later"
    TEST_LOST = "test_lost"
    DONE = "done"
    NOTHING = "nothing"


@dataclass(frozen=True)
class TopicCount:
    mandatory: bool
    done: bool


def topics_left(topics: Sequence[TopicCount], elective_minimum: int) -> int:
    """How many topics are still to be finished: the mandatory ones, and of the electives as many as
    the course asks for."""
    mandatory = sum(t.mandatory and not t.done for t in topics)
    electives = sum(not t.mandatory and t.done for t in topics)
    return mandatory + max(0, elective_minimum - electives)


def standing(
    *, owed: bool, enrolled: bool, topics: int, tests: Iterable[str], classes: bool = False
) -> Standing:
    """`owed`: some enrolment is not completed; `tests`: the states of the tests that belong to such
    (`exams.rules.State`); `classes`: such an enrolment asks for hours of class."""
    if not owed:
        return Standing.DONE if enrolled else Standing.NOTHING
    states = set(tests)
    if states & {"in_progress", "submitting"}:
        return Standing.TESTING
    if topics:
        return Standing.LEARNING
    if "open" in states:
        return Standing.TEST_OPEN
    if classes and not states & {"exhausted", "closed"}:
        return Standing.CLASS
    if states & {"exhausted", "closed"}:
        return Standing.TEST_LOST
    return Standing.TEST_LATER
