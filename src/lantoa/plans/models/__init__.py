"""Plans, the review of needs before them, and the quotas that are given under them."""

from lantoa.plans.models.needs import Need, NeedsReview, NeedStatement
from lantoa.plans.models.nominations import Nomination, NominationCall, NominationList
from lantoa.plans.models.plans import Plan, PlanBudget, PlannedCohort, PlanStep
from lantoa.plans.models.quotas import Quota, QuotaLine, QuotaPosting

__all__ = [
    "Need",
    "NeedStatement",
    "NeedsReview",
    "Nomination",
    "NominationCall",
    "NominationList",
    "Plan",
    "PlanBudget",
    "PlanStep",
    "PlannedCohort",
    "Quota",
    "QuotaLine",
    "QuotaPosting",
]
