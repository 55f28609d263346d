"""Wrong keys: said by examiners, seen as a dry run, decided by the council."""

from typing import Any, cast

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
WAYS = [
    (KEY, gettext_lazy("Đáp án khác mới đúng")),
    (EVERYONE, gettext_lazy("Câu hỏi hỏng: cho mọi người đủ điểm")),
]


class ProposalForm(forms.Form):
    way = forms.ChoiceField(
        label=gettext_lazy("Sửa thế nào"),
        choices=WAYS,
        widget=forms.RadioSelect,
        initial=KEY,
    )
    reason = forms.CharField(
        label=gettext_lazy("Vì sao đáp án sai"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nêu căn cứ; hội đồng và thí sinh bị thay đổi điểm đọc được."),
    )

    def __init__(self, *args: Any, by_people: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if by_people:  # there is no key to be wrong
            way = cast(forms.ChoiceField, self.fields["way"])
            way.choices = WAYS[1:]
            way.initial = EVERYONE

    @property
    def everyone(self) -> bool:
        return bool(self.cleaned_data["way"] == EVERYONE)


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
        "tabs": sitting_tabs(sitting, "key_proposals", user_of(request)),
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
    form, key = _forms(request, item)
    if request.method == "POST" and form.is_valid() and (form.everyone or key.is_valid()):
        try:
            proposal, _job = actions.propose_key(
                actor=user_of(request),
                sitting=sitting,
                version=version,
                content=None if form.everyone else prepared(item.kind.name, key.content())[0],
                reason=form.cleaned_data["reason"],
            )
        except InvalidContent as error:
            form.add_error(None, list(error.problems))
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("exams:key_proposal", proposal.pk)
    edit = item.kind.template("edit")
    context = {"sitting": sitting, "item": item, "form": form, "key": key, "edit_template": edit}
    return render(request, "exams/propose_key.html", {**context, **_shown(item)})


def _forms(request: HttpRequest, item: UsedItem) -> tuple[ProposalForm, Any]:
    """The proposal, and the item's own form for the new key: none for what people mark."""
    data = request.POST if request.method == "POST" else None
    undo = "undo" in request.GET
    initial = {"reason": _("Trở lại đáp án ban đầu.")} if undo else {}
    form = ProposalForm(data, initial=initial, by_people=item.kind.by_people)
    if item.kind.by_people:
        return form, None
    of = item.kind.form_class
    # Full points for everyone ask for no key.
    asked = data if data is not None and data.get("way") == KEY else None
    files = request.FILES if asked is not None else None
    return form, of(asked, files, initial=of.initial_of(item.content if undo else item.now))


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
        "tabs": sitting_tabs(sitting, "key_proposals", user),
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
