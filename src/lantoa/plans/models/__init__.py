"""Plans, and the quotas that are given under them."""

from lantoa.plans.models.plans import Plan, PlanBudget, PlannedCohort, PlanStep
from lantoa.plans.models.quotas import Quota, QuotaLine, QuotaPosting

__all__ = ["Plan", "PlanBudget", "PlanStep", "PlannedCohort", "Quota", "QuotaLine", "QuotaPosting"]
