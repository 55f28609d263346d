"""Making the classes: asking, looking, moving, working out again, applying."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.classes.actions import proposals as actions
from lantoa.classes.findings import sentences
from lantoa.classes.models import Lecturer, Proposal
from lantoa.classes.proposal_forms import ProposeForm
from lantoa.classes.queries.proposals import (
    proposal_for,
    proposals_of,
    shown_classes,
    waiting_of,
)
from lantoa.classes.views.access import keepers_only
from lantoa.kernel.row_ids import row_id, row_ids
from lantoa.kernel.text import fold
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import persons_within
from lantoa.plans.queries.plans import cohort_managed
from lantoa.programmes.models import Requirement
from lantoa.web import formats

FOUND = 30


@keepers_only
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, cohort: int) -> HttpResponse:
    user = user_of(request)
    planned = cohort_managed(user, cohort)
    wanted = Requirement.objects.filter(
        programme=planned.cohort.programme_id, kind=Requirement.Kind.CLASS
    )
    people = len(waiting_of(planned.cohort, [one.pk for one in wanted]))
    form = ProposeForm(request.POST or None, user=user, cohort=planned.cohort, people=people)
    if form.is_valid():
        try:
            made = actions.ask(actor=user, cohort=planned.cohort, asked=form.asked())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _work_out(request, made)
    context = {
        "form": form,
        "cohort": planned.cohort,
        "people": people,
        "requirements": wanted.prefetch_related("lecturers__person"),
        "proposals": proposals_of(user, planned.cohort)[:10],
    }
    return render(request, "classes/propose.html", context)


def _work_out(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    url = reverse("classes:proposal", args=[proposal.pk])
    job = actions.work_out(actor=user_of(request), proposal=proposal, url=url)
    return redirect("jobs:job", job.pk)


@keepers_only
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = proposal_for(user, pk)
    if request.method == "POST":
        try:
            return _step(request, found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("classes:proposal", pk)
    classes = shown_classes(found)
    context = {
        "proposal": found,
        "cohort": found.cohort,
        "classes": classes,
        "findings": sentences(found),
        "seats": sum(one.size for one in classes),
        "open": found.state not in (Proposal.State.APPLIED, Proposal.State.DROPPED),
    }
    return render(request, "classes/proposal.html", context)


def _step(request: HttpRequest, found: Proposal) -> HttpResponse:
    user, step = user_of(request), request.POST.get("step", "")
    if step == "apply":
        made = actions.apply(actor=user, proposal=found)
        words = {"count": formats.number(len(made))}
        messages.success(request, _("Đã mở %(count)s lớp; học viên được báo.") % words)
        return redirect(f"{reverse('classes:classes')}?cohort={found.cohort_id}")
    if step == "again":
        actions.hold(actor=user, proposal=found, keys=row_ids(request.POST.getlist("held")))
        return _work_out(request, found)
    if step == "drop":
        actions.drop(actor=user, proposal=found)
        messages.success(request, _("Đã bỏ đề xuất."))
        return redirect("classes:propose", found.cohort_id)
    enrolment, to = row_id(request.POST.get("enrolment")), row_id(request.POST.get("to"))
    actions.move(actor=user, proposal=found, enrolment=enrolment or 0, to=to or 0)
    messages.success(request, _("Đã chuyển; khi xếp lại, người này ở yên lớp mới."))
    return redirect("classes:proposal", found.pk)


@keepers_only
@require_http_methods(["GET", "POST"])
def lecturers(request: HttpRequest, cohort: int, requirement: int) -> HttpResponse:
    """Who can teach one of the programme's classes."""
    user = user_of(request)
    planned = cohort_managed(user, cohort)
    found = get_object_or_404(
        Requirement,
        pk=requirement,
        programme=planned.cohort.programme_id,
        kind=Requirement.Kind.CLASS,
    )
    within = persons_within(user, RoleGrant.Role.COORDINATOR).filter(left_on=None)
    if request.method == "POST":
        chosen = within.filter(pk__in=row_ids(request.POST.getlist("person"))[:100])
        actions.set_lecturers(actor=user, requirement=found, persons=list(chosen))
        messages.success(request, _("Đã lưu danh sách giảng viên."))
        return redirect("classes:propose", cohort)
    teaching = set(Lecturer.objects.filter(requirement=found).values_list("person", flat=True))
    search = request.GET.get("q", "")[:100]
    named = within
    for word in fold(search).split()[:6]:
        named = named.filter(search_key__contains=word)
    rows = list(within.filter(pk__in=teaching).select_related("unit").order_by("sort_key", "pk"))
    if search:
        others = named.exclude(pk__in=teaching).select_related("unit")
        rows += list(others.order_by("sort_key", "pk")[:FOUND])
    context = {
        "cohort": planned.cohort,
        "requirement": found,
        "rows": rows,
        "teaching": teaching,
        "q": search,
    }
    return render(request, "classes/lecturers.html", context)
