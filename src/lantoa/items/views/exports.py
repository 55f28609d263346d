"""Items going out as a file: choose the format, see what it can't carry, download."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.items.actions.note_exchange import note_exchange
from lantoa.items.bank_forms import FilterForm
from lantoa.items.exchange import FORMATS, formats
from lantoa.items.exchange.rows import Format
from lantoa.items.models import Item
from lantoa.items.queries import items_within
from lantoa.items.queries.listing import listed, reach_of
from lantoa.items.queries.outgoing import MOST, grouped, written
from lantoa.items.views import for_readers
from lantoa.kernel import clock
from lantoa.kernel.row_ids import row_ids


@dataclass(frozen=True)
class Chosen:
    """The items to go out, the first `MOST` of them, and how many there are."""

    items: list[Item]
    total: int
    ticked: bool

    @property
    def too_many(self) -> bool:
        return self.total > MOST


def chosen(request: HttpRequest, asked: QueryDict) -> Chosen:
    """What was ticked; else what the bank's list shows, filtered by the same parameters."""
    if "item" in asked:
        within = items_within(request.user)
        found = within.filter(pk__in=row_ids(asked.getlist("item"))[:MOST])
    else:
        reach = reach_of(request.user)
        found = listed(reach, FilterForm(asked, reach=reach).chosen())
    ordered = found.order_by("topic_id", "id")
    return Chosen(list(ordered[:MOST]), ordered.count(), "item" in asked)


def _form(name: str) -> Format:
    if name not in FORMATS:
        raise Http404
    return FORMATS[name]


@for_readers
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Without a format: which one. With one: what it can't carry, before it is downloaded."""
    found = chosen(request, request.GET)
    query = request.GET.copy()
    name = str((query.pop("form", None) or [""])[-1])
    back = f"{reverse('items:items')}?{'' if found.ticked else query.urlencode()}"
    context = {
        "found": found,
        "most": MOST,
        "formats": formats(),
        "query": query.urlencode(),
        "pairs": [(key, value) for key, values in query.lists() for value in values],
        "trail": [(_("Câu hỏi"), back)],
    }
    if name and found.items:
        form = _form(name)
        made = written(found.items, form)
        context |= {
            "form": form,
            "made": made,
            "left_out": len(found.items) - made.count,
            "notes": grouped(made.notes),
        }
    return render(request, "items/export.html", context)


@for_readers
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """The file itself. It holds the answers, so that it was taken is written down."""
    asked = QueryDict(request.POST.get("query", ""))
    form = _form(request.POST.get("form", ""))
    found = chosen(request, asked)
    if not found.items:
        return redirect("items:export")
    made = written(found.items, form)
    note_exchange(
        actor=user_of(request), count=made.count, form=form.name, filters=asked.urlencode()
    )
    response = HttpResponse(made.data, content_type=form.media_type)
    name = f"cau-hoi-{clock.today():%Y-%m-%d}.{form.extensions[0]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
