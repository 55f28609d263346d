"""The bank as a list."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.items import actions
from lantoa.items.bank_forms import FilterForm
from lantoa.items.kinds import kinds
from lantoa.items.models import Batch
from lantoa.items.permissions import APPROVERS, home_units
from lantoa.items.queries.listing import counts_of, listed, reach_of, rows_of, uses_of
from lantoa.items.spreadsheets import bank_sheet
from lantoa.items.views import for_readers, tabs

PER_PAGE = 30
STEPS_OF_AUTHORS = (Batch.Step.CLASSIFY, Batch.Step.SEND)


@for_readers
@require_GET
def index(request: HttpRequest) -> HttpResponse | FileResponse:
    user = user_of(request)
    reach = reach_of(user)
    filters = FilterForm(request.GET, reach=reach)
    chosen = filters.chosen()
    found = listed(reach, chosen)
    if request.GET.get("format") == "xlsx":
        actions.note_export(actor=user, count=found.count(), filters=chosen)
        return bank_sheet(found, filters.told())
    ids = found.values_list("pk", flat=True)
    page = Paginator(ids, PER_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(page.object_list)
    uses = uses_of(item for item, _version in rows)
    examines = home_units(user, *APPROVERS).exists()
    context = {
        "filters": filters,
        "is_filtered": bool(chosen),
        "chosen": chosen,
        "counts": counts_of(reach),
        "page": page,
        "rows": [(item, version, uses.get(item.pk, 0)) for item, version in rows],
        "steps": Batch.Step if examines else STEPS_OF_AUTHORS,
        "tabs": tabs("items"),
        "kinds": kinds(),
    }
    return render(request, "items/index.html", context)
