"""Quotas of another plan as a start."""

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.people.models import Unit
from lantoa.plans.actions.ledger import Document
from lantoa.plans.actions.quotas import set_quotas
from lantoa.plans.models import Plan, Quota
from lantoa.plans.models.quotas import Book
from lantoa.programmes.models import Programme


@transaction.atomic
def copy_quotas(*, actor: User | None, plan: Plan, source: Plan) -> int:
    """The source's quotas into a draft of the same unit, for the programmes that both have and the
    units that are still there. Return how many units got one."""
    given = 0
    both = Programme.objects.filter(plans=plan) & Programme.objects.filter(plans=source)
    standing = Unit.objects.filter(ended_on=None)
    for programme in both.distinct():
        held = Quota.objects.filter(plan=source, programme=programme, unit__in=standing)
        for measure in held.values_list("measure", flat=True).distinct().order_by():
            counts = dict(held.filter(measure=measure).values_list("unit_id", "count"))
            reason = _("Theo kế hoạch %(number)s") % {"number": source.decision_number}
            book = Book(plan, programme, measure)
            document = Document(reason=reason[:300])
            given += set_quotas(actor=actor, book=book, counts=counts, document=document)
    return given
