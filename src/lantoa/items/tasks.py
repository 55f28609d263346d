"""Work of the bank that takes longer than a page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.items.actions.alike import compare_all
from lantoa.items.models import Item
from lantoa.jobs.runs import JobRun


def find_twins(run: JobRun) -> dict[str, Any]:
    """Compare the items of a range with the bank, "first" to "last"; without one, all."""
    items = Item.objects.order_by("pk")
    if "first" in run.params:
        items = items.filter(pk__gte=run.params["first"], pk__lte=run.params["last"])
    compare_all(items=list(items.values_list("pk", flat=True)), say=run.progress)
    return {"url": reverse("items:twins"), "label": _("Xem các câu trùng")}
