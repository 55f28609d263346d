from lantoa.exams.rules.log import (
    MOST_SAVES,
    first_break,
    head_of,
    is_answered,
    latest,
    link,
    root,
    unanswered,
)
from lantoa.exams.rules.scoring import Tally, failed_rules, percent, reaches, tallies, worth
from lantoa.exams.rules.standing import GRACE, Standing, State, deadline, is_over, state_of

__all__ = [
    "GRACE",
    "MOST_SAVES",
    "Standing",
    "State",
    "Tally",
    "deadline",
    "failed_rules",
    "first_break",
    "head_of",
    "is_answered",
    "is_over",
    "latest",
    "link",
    "percent",
    "reaches",
    "root",
    "state_of",
    "tallies",
    "unanswered",
    "worth",
]
