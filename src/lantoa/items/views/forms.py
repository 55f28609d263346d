"""Pages of exam papers: those assembled together, one of them, swapping, and the steps it takes."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.items import actions
from lantoa.items.form_forms import AssembleForm, RetireFormForm, ReviewForm, SwapForm
from lantoa.items.kinds import kind_of
from lantoa.items.models import Form, FormSlot
from lantoa.items.permissions import may_examine
from lantoa.items.queries.form_history import form_history
from lantoa.items.queries.forms import batch_for, comparison, form_for, forms_within, slots_of
from lantoa.items.queries.swaps import Swaps, offers
from lantoa.items.rules import BankTooSmall, NotAllowed
from lantoa.items.views import for_readers, tabs
from lantoa.items.views.blueprints import blueprint_or_404

SHOWN = 200


@for_readers
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    found = forms_within(request.user)
    if state in Form.State.values:
        found = found.filter(state=state)
    elif state != "all":
        found = found.exclude(state=Form.State.RETIRED)
    context = {
        "forms": found.order_by("-created_at", "id")[:SHOWN],
        "state": state,
        "states": Form.State.choices,
        "waiting": forms_within(request.user).filter(state=Form.State.DRAFT).count(),
        "tabs": tabs("forms"),
    }
    return render(request, "items/forms.html", context)


@for_readers
@require_POST
def assemble(request: HttpRequest, pk: int) -> HttpResponse:
    blueprint = blueprint_or_404(request, pk)
    if not may_examine(request.user, blueprint.unit_id):
        raise Http404
    asked = AssembleForm(request.POST)
    if not asked.is_valid():
        messages.error(request, " ".join(str(m) for found in asked.errors.values() for m in found))
        return redirect("items:blueprint", pk)
    try:
        job = actions.assemble_forms(
            actor=user_of(request),
            blueprint=blueprint,
            forms=asked.cleaned_data["count"],
            fresh=asked.cleaned_data["fresh"],
            seed=secrets.randbelow(2**31),
        )
    except (NotAllowed, BankTooSmall) as refusal:
        messages.error(request, str(refusal))
        return redirect("items:blueprint", pk)
    return redirect("jobs:job", job.pk)


@for_readers
@require_GET
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    try:
        forms = batch_for(request.user, batch)
    except Form.DoesNotExist:
        raise Http404 from None
    blueprint = forms[0].blueprint
    context = {"forms": forms, "blueprint": blueprint, "compared": comparison(forms)}
    return render(request, "items/form_batch.html", context)


def form_or_404(request: HttpRequest, pk: int, *, examined: bool = False) -> Form:
    try:
        form = form_for(request.user, pk)
    except Form.DoesNotExist:
        raise Http404 from None
    if examined and not may_examine(request.user, form.unit_id):
        raise Http404
    return form


@for_readers
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    form = form_or_404(request, pk)
    slots, swaps = list(slots_of(form)), Swaps(form)
    is_open = form.state in (Form.State.DRAFT, Form.State.REVIEWED)
    context = {
        "form": form,
        "slots": slots,
        "points": sum(slot.points for slot in slots),
        "compared": comparison([form]).rows[0],
        "broken": swaps.broken() if is_open else [],
        "outdated": swaps.outdated() if is_open else set(),
        "may_examine": may_examine(request.user, form.unit_id),
        "review": ReviewForm(),
        "history": form_history(form),
    }
    return render(request, "items/form.html", context)


@for_readers
@require_http_methods(["GET", "POST"])
def swap(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    form = form_or_404(request, pk, examined=True)
    slot = _slot(form, position)
    asked = SwapForm(request.POST if request.method == "POST" else None)
    if asked.is_valid():
        try:
            actions.swap_item(
                actor=user_of(request), form=form, position=position, **asked.cleaned_data
            )
        except NotAllowed as refusal:
            asked.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã đổi câu %(n)d.") % {"n": position})
            return redirect("items:form", pk)
    words = request.GET.get("q", "")[:100]
    found, total = offers(Swaps(form), slot, words)
    context = {
        "form": form, "slot": slot, "kind": kind_of(slot.version.item.kind), "asked": asked,
        "offers": found, "total": total, "q": words, "open": form.state == Form.State.DRAFT,
    }  # fmt: skip
    return render(request, "items/swap.html", context)


def _slot(form: Form, position: int) -> FormSlot:
    try:
        return slots_of(form).get(position=position)
    except FormSlot.DoesNotExist:
        raise Http404 from None


@for_readers
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    form = form_or_404(request, pk, examined=True)
    asked = ReviewForm(request.POST)
    if not asked.is_valid():
        messages.error(request, _("Hãy viết nhận xét của người thẩm định."))
        return redirect("items:form", pk)
    fit = request.POST.get("fit") == "yes"
    try:
        reason = asked.cleaned_data["reason"]
        actions.review_form(actor=user_of(request), form=form, fit=fit, reason=reason)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Đã thẩm định: đề ban hành được.") if fit else _("Đã trả lại đề để sửa.")
        messages.success(request, said)
    return redirect("items:form", pk)


@for_readers
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    form = form_or_404(request, pk, examined=True)
    if request.method == "POST":
        try:
            bundle = actions.publish_form(actor=user_of(request), form=form)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            said = _("Đã ban hành đề %(code)s, mã kiểm tra %(digest)s.")
            messages.success(request, said % {"code": form.code, "digest": bundle.digest[:12]})
        return redirect("items:form", pk)
    context = {
        "question": _("Ban hành đề %(code)s?") % {"code": form.code},
        "consequence": _(
            "Từ lúc này đề và các bản câu hỏi trong đề không thay đổi được nữa. Mã kiểm tra của đề "
            "được ghi vào nhật ký."
        ),
        "action_label": _("Ban hành đề"),
        "back_url": reverse("items:form", args=[pk]),
    }
    return render(request, "web/confirm.html", context)


@for_readers
@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    form = form_or_404(request, pk, examined=True)
    asked = RetireFormForm(request.POST if request.method == "POST" else None)
    if asked.is_valid():
        try:
            reason = asked.cleaned_data["reason"]
            actions.retire_form(actor=user_of(request), form=form, reason=reason)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã ngừng dùng đề %(code)s.") % {"code": form.code})
        return redirect("items:form", pk)
    context = {
        "question": _("Ngừng dùng đề %(code)s?") % {"code": form.code},
        "consequence": _("Ca thi mới không dùng đề này nữa. Bài đã làm giữ nguyên."),
        "action_label": _("Ngừng dùng đề"),
        "back_url": reverse("items:form", args=[pk]),
        "danger": True,
        "form": asked,
    }
    return render(request, "web/confirm.html", context)
