"""Work of the bank that takes longer than a page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.items.actions.alike import compare_all
from lantoa.items.models import Item
from lantoa.items.queries.items import items_within
from lantoa.jobs.runs import JobRun


def find_twins(run: JobRun) -> dict[str, Any]:
    """Compare items with the bank: those of a range of ids, "first" to "last", or without one all
    in reach of who asks."""
    if "first" in run.params:
        items = Item.objects.filter(pk__gte=run.params["first"], pk__lte=run.params["last"])
    elif run.actor is not None:
        items = items_within(run.actor)
    else:
        items = Item.objects.all()
    ids = items.order_by("pk").values_list("pk", flat=True)
    compare_all(items=list(ids), say=run.progress)
    return {"url": reverse("items:twins"), "label": _("Xem các câu trùng")}
