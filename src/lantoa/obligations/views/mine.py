"""One's own obligations, and asking for something about them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.files.actions import store_upload
from lantoa.files.links import signed_url
from lantoa.files.rules import IMAGES, FileRefused
from lantoa.obligations.actions.petitions import decide, petition
from lantoa.obligations.forms import AnswerForm, PetitionForm
from lantoa.obligations.models import Obligation
from lantoa.obligations.queries.coverage import petition_for, petitions_waiting
from lantoa.obligations.queries.mine import obligations_of, rules_that_miss
from lantoa.obligations.views.access import keepers_only
from lantoa.obligations.words import asks_words, reason_words, whom_words
from lantoa.people.models import Person

PROOFS = IMAGES | {"pdf"}


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    person = Person.objects.filter(user=user_of(request).pk).select_related("unit").first()
    rows = obligations_of(person) if person else []
    context = {
        "rows": [(one, whom_words(one.rule), asks_words(one.rule)) for one in rows],
        "open": sum(one.obligation.state == Obligation.State.OPEN for one in rows),
        "missed": [(rule, reason_words(reasons)) for rule, reasons in rules_that_miss(person)]
        if person
        else [],
    }
    return render(request, "obligations/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(
        Obligation.objects.select_related("rule"), pk=pk, person__user=user.pk
    )
    form = PetitionForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            _petition(request, found, form)
        except FileRefused as refused:
            form.add_error("file", str(refused))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã gửi đề nghị tới đầu mối của đơn vị."))
            return redirect("obligations:mine")
    context = {"form": form, "obligation": found}
    return render(request, "obligations/petition_form.html", context)


def _petition(request: HttpRequest, found: Obligation, form: PetitionForm) -> None:
    user, data = user_of(request), form.cleaned_data
    upload = data["file"]
    file = store_upload(upload=upload, allowed=frozenset(PROOFS), actor=user) if upload else None
    petition(
        actor=user,
        obligation=found,
        kind=data["kind"],
        words=data["words"],
        until=data["until"],
        file=file,
    )


@keepers_only
@require_GET
def petitions(request: HttpRequest) -> HttpResponse:
    rows = petitions_waiting(user_of(request))[:200]
    return render(request, "obligations/petitions.html", {"rows": rows})


@keepers_only
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = petition_for(user, pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            accepted = data["accepted"] == "yes"
            decide(actor=user, found=found, accepted=accepted, answer=data["answer"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã trả lời; người đề nghị được báo."))
            return redirect("obligations:petitions")
    proof = signed_url(found.file) if found.file else ""
    context = {"form": form, "petition": found, "proof": proof}
    return render(request, "obligations/answer.html", context)
