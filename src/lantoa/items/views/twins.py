"""Questions that say nearly the same: asked about while an author saves, and all of the bank's."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.items import actions
from lantoa.items.actions.create_item import prepared
from lantoa.items.forms import ClassificationForm
from lantoa.items.kinds import kind_of
from lantoa.items.models import Item, ItemVersion, Twin
from lantoa.items.queries.alike import Pair, alike, pairs_of, twin_for, twins_within
from lantoa.items.queries.items import items_within, with_newest
from lantoa.items.views import for_readers, tabs
from lantoa.jobs.actions import enqueue
from lantoa.jobs.models import Job
from lantoa.jobs.queries import jobs_of

SALT = "items.twins."
PER_PAGE = 20
HANDLER = "lantoa.items.tasks.find_twins"
OPEN = (Job.State.QUEUED, Job.State.RUNNING)


def kept_content(request: HttpRequest, kind: str) -> dict[str, Any] | None:
    """What an author wrote before being asked about similar questions, when they come from there.
    Signed for its kind, since it doesn't pass the form again."""
    kept = request.POST.get("kept")
    if not kept:
        return None
    try:
        content: dict[str, Any] = signing.loads(kept, salt=SALT + kind)
    except signing.BadSignature:
        return None
    return content


def is_sure(request: HttpRequest) -> bool:
    return request.POST.get("then") == "save"


def ask(
    request: HttpRequest,
    *,
    kind: str,
    content: dict[str, Any],
    belongs: ClassificationForm,
    item: Item | None = None,
) -> HttpResponse | None:
    """The page that shows what is alike to it, or nothing to ask about. Raises InvalidContent."""
    regular, key = prepared(kind, content)
    if item is not None and key == item.search_key:
        return None
    reach = items_within(request.user)
    found = alike(key, among=reach, besides=item.pk if item is not None else None)
    if not found:
        return None
    percents = {one.item_id: one.percent for one in found}
    shown = [(percents[i.pk], i, v) for i, v in with_newest(reach.filter(pk__in=percents))]
    shown.sort(key=lambda row: -row[0])
    context = {
        "item": item,
        "own": _reviewed(kind, regular),
        "twins": [(percent, i, _of(i, v)) for percent, i, v in shown],
        "kept": signing.dumps(content, salt=SALT + kind, compress=True),
        "typed": [(name, value) for name in belongs.fields if (value := request.POST.get(name))],
        "send": "send" in request.POST,
    }
    return render(request, "items/twins_found.html", context)


def _of(item: Item, version: ItemVersion) -> dict[str, Any]:
    return _reviewed(item.kind, version.content)


def _reviewed(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    of = kind_of(kind)
    return {"template": of.template("review"), "review": of.review(content, None)}


@for_readers
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    dismissed = request.GET.get("show") == "dismissed"
    pairs = twins_within(user).filter(dismissed_at__isnull=not dismissed)
    page = Paginator(pairs.order_by("-percent", "id"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pairs": [_shown(pair) for pair in pairs_of(page.object_list)],
        "dismissed": dismissed,
        "tabs": tabs("items"),
    }
    return render(request, "items/twins.html", context)


def _shown(pair: Pair) -> dict[str, Any]:
    return {
        "twin": pair.twin,
        "apart": pair.apart,
        "sides": [(item, _of(item, version)) for item, version in (pair.first, pair.second)],
    }


@for_readers
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Two questions after all; or alike after all; or alike, and never in one form."""
    user = user_of(request)
    try:
        twin = twin_for(user, pk)
    except Twin.DoesNotExist:
        raise Http404 from None
    if "recall" in request.POST:
        actions.recall_twin(actor=user, twin=twin)
        messages.success(request, _("Đã đưa lại vào danh sách gần giống."))
    elif "apart" in request.POST:
        reason = _("Gần giống nhau (%(percent)s%%)") % {"percent": twin.percent}
        actions.add_enemy(actor=user, item=twin.first, other=twin.second, reason=reason)
        messages.success(request, _("Hai câu sẽ không vào cùng một đề."))
    else:
        actions.dismiss_twin(actor=user, twin=twin)
        messages.success(request, _("Đã ghi: hai câu khác nhau."))
    return redirect("items:twins")


@for_readers
@require_POST
def scan(request: HttpRequest) -> HttpResponse:
    """Compare all items in reach anew, as a job; one at a time."""
    user = user_of(request)
    running = jobs_of(user).filter(handler=HANDLER, state__in=OPEN).first()
    job = running or enqueue(
        handler=HANDLER, title=_("Tìm câu trùng trong cả ngân hàng"), actor=user
    )
    return redirect("jobs:job", job.pk)
