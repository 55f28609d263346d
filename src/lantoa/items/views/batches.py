"""Steps with many items at once: what will happen, then doing it, then looking back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.items import actions
from lantoa.items.bank_forms import STEP_FORMS, FilterForm, StepForm
from lantoa.items.models import Batch
from lantoa.items.queries.batches import Change, batch_for, batches_of, judge
from lantoa.items.queries.listing import listed, reach_of
from lantoa.items.rules import NotAllowed
from lantoa.items.views import for_readers, tabs
from lantoa.kernel.row_ids import row_ids
from lantoa.web.formats import number

MOST = 2000
SHOWN = 20


def _chosen(request: HttpRequest) -> list[int]:
    """The rows ticked, or all that the filter shows, up to one too many."""
    if "every" in request.GET:
        reach = reach_of(user_of(request))
        found = listed(reach, FilterForm(request.GET, reach=reach).chosen())
        return list(found.values_list("pk", flat=True)[: MOST + 1])
    return row_ids(request.GET.getlist("item"))[: MOST + 1]


@for_readers
def step(request: HttpRequest) -> HttpResponse:
    """GET says what would happen to the items ticked, POST does it."""
    name = request.GET.get("step", "")
    if name not in Batch.Step.values:
        raise Http404
    form_class = STEP_FORMS.get(name, StepForm)
    if request.method == "POST":
        form = form_class(request.POST)
        ids = row_ids(request.POST.get("items", "").split(","))[:MOST]
        if form.is_valid():
            return _done(request, ids, form.change(name))
        return _asked(request, name, ids, form)
    ids = _chosen(request)
    if problem := _no_choice(ids):
        messages.error(request, problem)
        return redirect("items:items")
    return _asked(request, name, ids, form_class(initial={"items": ",".join(map(str, ids))}))


def _no_choice(ids: Sequence[int]) -> str:
    if not ids:
        return _("Chưa chọn câu hỏi nào: hãy đánh dấu ở đầu hàng.")
    if len(ids) > MOST:
        return _("Mỗi lần nhiều nhất %(most)s câu; hãy lọc hẹp hơn.") % {"most": number(MOST)}
    return ""


def _asked(request: HttpRequest, name: str, ids: Sequence[int], form: StepForm) -> HttpResponse:
    judged = judge(user_of(request), ids, Change(name))
    context: dict[str, Any] = {
        "step": Batch.Step(name),
        "form": form,
        "judged": judged,
        "rows": list(zip(judged.possible, judged.versions, strict=True))[:SHOWN],
        "refused": judged.refused[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "items/batch.html", context)


def _done(request: HttpRequest, ids: Sequence[int], change: Change) -> HttpResponse:
    batch, judged = actions.change_items(actor=user_of(request), items=ids, change=change)
    if batch is not None:
        done = len(judged.possible)
        said = ngettext("%(step)s: xong %(n)s câu.", "%(step)s: xong %(n)s câu.", done)
        told = {"step": batch.get_step_display(), "n": number(done)}
        messages.success(request, said % told)
    if judged.refused:
        left = len(judged.refused)
        said = ngettext("%(n)s câu được để nguyên.", "%(n)s câu được để nguyên.", left)
        messages.warning(request, said % {"n": number(left)})
    return redirect("items:batches")


@for_readers
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    context = {"batches": batches_of(user_of(request))[:50], "tabs": tabs("items")}
    return render(request, "items/batches.html", context)


@for_readers
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        batch = batch_for(user_of(request), pk)
    except Batch.DoesNotExist:
        raise Http404 from None
    try:
        back, left = actions.undo_batch(actor=user_of(request), batch=batch)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        told = {"back": number(back), "left": number(left)}
        messages.success(request, _("Đã trả lại %(back)s câu như trước.") % told)
        if left:
            said = _("%(left)s câu đã có người đổi sau đó nên để nguyên.")
            messages.warning(request, said % told)
    return redirect("items:batches")
