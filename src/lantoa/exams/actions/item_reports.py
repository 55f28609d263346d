from typing import Any

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.models import ItemReport, Sitting
from lantoa.kernel import clock


@transaction.atomic
def keep_report(
    *, actor: User | None, sitting: Sitting, whole: bool, data: dict[str, Any]
) -> ItemReport:
    """The newest takes the place of the one before: it can be computed again at any time."""
    report, _new = ItemReport.objects.update_or_create(
        exam_id=sitting.exam_id,
        sitting=None if whole else sitting,
        defaults={"at": clock.now(), "by_id": actor.pk if actor else None, "data": data},
    )
    told = {"whole": whole, "candidates": data["candidates"]}
    record(actor=actor, action="exams.report_items", on=sitting, data=told)
    return report
