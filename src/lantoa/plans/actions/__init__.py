"""The only writers of plans, quotas and planned cohorts. Each appends its audit event."""

from lantoa.plans.actions.cohorts import open_planned_cohort
from lantoa.plans.actions.ledger import Document
from lantoa.plans.actions.needs import close_review, open_review, plan_from_needs, state_needs
from lantoa.plans.actions.note_export import note_export
from lantoa.plans.actions.plans import (
    PlanFields,
    change_plan,
    close_plan,
    create_plan,
    issue_plan,
    reopen_plan,
    revise_plan,
)
from lantoa.plans.actions.proposals import copy_quotas
from lantoa.plans.actions.quotas import borrow_quota, return_quota, reverse_posting, set_quotas
from lantoa.plans.actions.reminders import remind_late

__all__ = [
    "Document",
    "PlanFields",
    "borrow_quota",
    "change_plan",
    "close_plan",
    "close_review",
    "copy_quotas",
    "create_plan",
    "issue_plan",
    "note_export",
    "open_planned_cohort",
    "open_review",
    "plan_from_needs",
    "remind_late",
    "reopen_plan",
    "return_quota",
    "reverse_posting",
    "revise_plan",
    "set_quotas",
    "state_needs",
]
