"""An item on its way: sent, reviewed, approved, retired, used again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lantoa.accounts.asking import user_of
from lantoa.items import actions
from lantoa.items.bank_forms import ReviewForm
from lantoa.items.forms import RetireForm
from lantoa.items.kinds import kind_of
from lantoa.items.models import Item, Review
from lantoa.items.permissions import has_other_examiners, may_examine
from lantoa.items.queries.alike import twins_of
from lantoa.items.rules import NotAllowed, may_review
from lantoa.items.views import for_readers, item_or_404
from lantoa.kernel.row_ids import row_id


def _examined(request: HttpRequest, pk: int) -> Item:
    item = item_or_404(request, pk)
    if not may_examine(request.user, item.unit_id):
        raise Http404
    return item


def _take(request: HttpRequest, pk: int, step: Callable[[], object], done: str) -> HttpResponse:
    """The step, or the sentence why not; back to the item."""
    try:
        step()
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("items:item", pk)


@for_readers
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_or_404(request, pk)
    return _take(
        request,
        pk,
        lambda: actions.send_item(actor=user_of(request), item=item),
        _("Đã gửi thẩm định."),
    )


@for_readers
def review(request: HttpRequest, pk: int) -> HttpResponse:
    item = _examined(request, pk)
    user, version, of = user_of(request), item.versions.latest("number"), kind_of(item.kind)
    try:
        own = may_review(
            reviewer=user.pk,
            author=version.created_by_id,
            has_others=has_other_examiners(item.unit_id, besides=user.pk),
            stage=item.stage,
            is_retired=item.state == Item.State.RETIRED,
        )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("items:item", pk)
    form = ReviewForm(
        request.POST if request.method == "POST" else None, initial={"number": version.number}
    )
    if form.is_valid():
        return _reviewed(request, item, form)
    context = {
        "item": item,
        "version": version,
        "form": form,
        "own": own,
        "review": of.review(version.content, None),
        "review_template": of.template("review"),
        "kind": of,
        "twins": twins_of(user, item),
    }
    return render(request, "items/review.html", context)


def _reviewed(request: HttpRequest, item: Item, form: ReviewForm) -> HttpResponse:
    data = form.cleaned_data
    fit = data["verdict"] == Review.Verdict.FIT
    return _take(
        request,
        item.pk,
        lambda: actions.review_item(
            actor=user_of(request),
            item=item,
            verdict=data["verdict"],
            reason=data["reason"],
            number=data["number"],
        ),
        _("Đã ghi: đạt, chờ duyệt.") if fit else _("Đã trả lại để sửa."),
    )


@for_readers
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    item = _examined(request, pk)
    number = row_id(request.POST.get("number"))
    return _take(
        request,
        pk,
        lambda: actions.approve_item(actor=user_of(request), item=item, number=number),
        _("Đã duyệt; đề thi rút từ bản này."),
    )


@for_readers
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    item = _examined(request, pk)
    form = RetireForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return _take(
            request,
            pk,
            lambda: actions.retire_item(actor=user_of(request), item=item, reason=reason),
            _("Đã ngừng dùng câu hỏi."),
        )
    return render(request, "items/retire.html", {"item": item, "form": form})


@for_readers
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    item = _examined(request, pk)
    return _take(
        request,
        pk,
        lambda: actions.restore_item(actor=user_of(request), item=item),
        _("Đã cho dùng lại."),
    )
