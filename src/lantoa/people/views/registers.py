"""The register of qualifications of a unit: figures up the tree, and the people."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.kernel import clock
from lantoa.people.actions.note_export import note_export
from lantoa.people.forms.qualifications import HolderSearch
from lantoa.people.models import Unit
from lantoa.people.queries import qualifications as queries
from lantoa.people.queries.units import unit_for
from lantoa.people.spreadsheets import qualifications_sheet
from lantoa.people.views.access import keepers_only

PAGE = 50


@keepers_only
@require_GET
def register(request: HttpRequest, pk: int) -> HttpResponse:
    unit = unit_for(user_of(request), pk)
    search, found = _found(request, unit)
    told = queries.register_of(unit)
    here = reverse("people:qualifications", args=[pk])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    for person in page.object_list:
        person.level_label = queries.level_label(person.highest)
    context = {
        "unit": unit,
        "trail": [
            (pgettext("menu", "Đơn vị"), reverse("people:units")),
            (unit.name, reverse("people:unit", args=[pk])),
        ],
        "register": told,
        "levels": [
            (f"{here}?level={level}", queries.level_label(level), told.total.counts[level])
            for level in queries.LEVELS
        ],
        "search": search,
        "page": page,
        "searching": bool(request.GET.keys() - {"page"}),
    }
    return render(request, "people/qualifications.html", context)


@keepers_only
@require_GET
def export(request: HttpRequest, pk: int) -> FileResponse:
    user = user_of(request)
    unit = unit_for(user, pk)
    _search, found = _found(request, unit)
    note_export(actor=user, count=found.count(), filters=f"qualifications of {unit.pk}")
    name = f"trinh-do-cntt-{clock.today():%Y-%m-%d}"
    return qualifications_sheet(found, filename=name)


def _found(request: HttpRequest, unit: Unit) -> tuple[HolderSearch, QuerySet[Any]]:
    search = HolderSearch(request.GET)
    search.is_valid()
    told = search.cleaned_data
    found = queries.holders(unit, told.get("level"), told.get("q", ""))
    return search, queries.with_the_highest(found)
