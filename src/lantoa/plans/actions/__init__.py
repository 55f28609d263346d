"""The only writers of plans, quotas and planned cohorts. Each appends its audit event."""

from lantoa.plans.actions.cohorts import open_planned_cohort
from lantoa.plans.actions.note_export import note_export
from lantoa.plans.actions.plans import change_plan, create_plan
from lantoa.plans.actions.quotas import set_quotas
from lantoa.plans.actions.reminders import remind_late

__all__ = [
    "change_plan",
    "create_plan",
    "note_export",
    "open_planned_cohort",
    "remind_late",
    "set_quotas",
]
