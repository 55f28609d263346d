"""Wrong keys: said by examiners, seen as a dry run, decided by the council."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.exams.actions import corrections as actions
from lantoa.exams.models import KeyProposal
from lantoa.exams.permissions import council_sees, examined_by, is_examiner, may_decide
from lantoa.exams.queries.corrections import (
    UsedItem,
    items_of,
    proposal_for,
    proposals_in,
    used_item,
)
from lantoa.exams.queries.words import of_content
from lantoa.exams.refusals import Refused
from lantoa.exams.views.tabs import sitting_tabs
from lantoa.items.actions.create_item import prepared
from lantoa.items.rules import InvalidContent

PER_PAGE = 50
EVERYONE, KEY = "everyone", "key"


class ProposalForm(forms.Form):
    way = forms.ChoiceField(
        label=gettext_lazy("Sửa thế nào"),
        choices=[
            (KEY, gettext_lazy("Đáp án khác mới đúng")),
            (EVERYONE, gettext_lazy("Câu hỏi hỏng: cho mọi người đủ điểm")),
        ],
        widget=forms.RadioSelect,
        initial=KEY,
    )
    reason = forms.CharField(
        label=gettext_lazy("Vì sao đáp án sai"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nêu căn cứ; hội đồng và thí sinh bị thay đổi điểm đọc được."),
    )


class DecisionForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Ý kiến của hội đồng"), max_length=300)


@login_required
@never_cache
@require_GET
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(council_sees(request.user), pk=pk)
    page = Paginator(proposals_in(sitting), PER_PAGE).get_page(request.GET.get("page"))
    items = items_of(sitting)
    context = {
        "sitting": sitting,
        "tabs": sitting_tabs(sitting, "keys", user_of(request)),
        "page": page,
        "rows": [(one, of_content(one.version.content)) for one in page],
        "items": sorted((of_content(content), version) for version, (_k, content) in items.items()),
        "may_propose": is_examiner(request.user, sitting),
    }
    return render(request, "exams/key_proposals.html", context)


@login_required
@never_cache
def propose(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    sitting = get_object_or_404(examined_by(request.user), pk=pk)
    item = used_item(sitting, version)
    if item is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    start = item.content if "undo" in request.GET else item.now
    initial = {"reason": _("Trở lại đáp án ban đầu.")} if "undo" in request.GET else {}
    form = ProposalForm(data, initial=initial)
    files = request.FILES if data is not None else None
    # Without a new key its form is not asked for.
    asked = None if data is not None and data.get("way") == EVERYONE else data
    key = item.kind.form_class(asked, files, initial=item.kind.form_class.initial_of(start))
    if data is not None and form.is_valid():
        everyone = form.cleaned_data["way"] == EVERYONE
        if everyone or key.is_valid():
            try:
                content = None if everyone else _content(item, key)
                proposal, _job = actions.propose_key(
                    actor=user_of(request), sitting=sitting, version=version, content=content,
                    reason=form.cleaned_data["reason"],
                )  # fmt: skip
            except InvalidContent as error:
                form.add_error(None, list(error.problems))
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
            else:
                return redirect("exams:key_proposal", proposal.pk)
    context = {
        "sitting": sitting,
        "item": item,
        "form": form,
        "key": key,
        "edit_template": item.kind.template("edit"),
        **_shown(item),
    }
    return render(request, "exams/propose_key.html", context)


def _content(item: UsedItem, key: Any) -> dict[str, Any]:
    content, _search = prepared(item.kind.name, key.content())
    return content


def _shown(item: UsedItem) -> dict[str, Any]:
    return {
        "review_template": item.kind.template("review"),
        "as_written": item.kind.review(item.content, None),
        "as_now": item.kind.review(item.now, None),
    }


def _proposal(request: HttpRequest, pk: int) -> KeyProposal:
    try:
        return proposal_for(user_of(request), pk)
    except KeyProposal.DoesNotExist:
        raise Http404 from None


def _page(request: HttpRequest, proposal: KeyProposal, form: DecisionForm) -> HttpResponse:
    user, sitting = user_of(request), proposal.sitting
    item = used_item(sitting, proposal.version_id)
    if item is None:
        raise Http404
    context = {
        "sitting": sitting,
        "tabs": sitting_tabs(sitting, "keys", user),
        "proposal": proposal,
        "item": item,
        "form": form,
        "may_decide": may_decide(user, sitting) and proposal.proposed_by_id != user.pk,
        "is_own": proposal.proposed_by_id == user.pk,
        "may_propose": is_examiner(user, sitting),
        "proposed": item.kind.review(proposal.content, None) if proposal.content else None,
        **_shown(item),
    }
    return render(request, "exams/key_proposal.html", context)


@login_required
@never_cache
@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _proposal(request, pk), DecisionForm())


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _proposal(request, pk)
    if not may_decide(request.user, shown.sitting):
        raise Http404
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, form)
    user, note = user_of(request), form.cleaned_data["note"]
    try:
        if "apply" in request.POST:
            job = actions.apply_key(actor=user, proposal=shown, note=note)
            return redirect("jobs:job", job.pk)
        actions.refuse_key(actor=user, proposal=shown, note=note)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, shown, form)
    messages.success(request, _("Đã ghi: không sửa đáp án."))
    return redirect("exams:key_proposal", pk)
