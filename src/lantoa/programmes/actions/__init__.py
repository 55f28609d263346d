"""The only writers of programmes, cohorts, enrolments and outcomes; each appends its event."""

from lantoa.programmes.actions.cohorts import change_cohort, open_cohort
from lantoa.programmes.actions.enrolments import EnrolReport, enrol, undo_batch, withdraw_enrolment
from lantoa.programmes.actions.outcomes import (
    correct_outcome,
    record_certified,
    record_outcome,
    record_started,
    record_uncertified,
)
from lantoa.programmes.actions.programmes import (
    NewRequirement,
    change_programme,
    create_programme,
)

__all__ = [
    "EnrolReport",
    "NewRequirement",
    "change_cohort",
    "change_programme",
    "correct_outcome",
    "create_programme",
    "enrol",
    "open_cohort",
    "record_certified",
    "record_outcome",
    "record_started",
    "record_uncertified",
    "undo_batch",
    "withdraw_enrolment",
]
