"""What is assigned: given by coordinators, seen by both sides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.audit.actions import record
from lantoa.kernel.row_ids import row_id
from lantoa.providers.actions import assignments as actions
from lantoa.providers.forms import AssignmentForm, CohortChoice, ResultsForm
from lantoa.providers.models import Assignment
from lantoa.providers.queries import assignments as queries
from lantoa.providers.queries.people import code_of, people_listed
from lantoa.providers.queries.results import imports_of
from lantoa.providers.spreadsheets import people_sheet
from lantoa.providers.views.access import both_sides, keepers_only

PAGE, IMPORTS = 50, 20


@both_sides
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    rows = [
        (one, queries.progress_of(one)) for one in queries.assignments_mine(user_of(request))[:100]
    ]
    return render(request, "providers/mine.html", {"rows": rows})


@keepers_only
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """First the cohort, in the address; then what of it."""
    user = user_of(request)
    provider = queries.provider_managed(user, pk)
    chosen = row_id(request.GET.get("cohort", ""))
    cohort = queries.cohorts_to_assign(user).filter(pk=chosen).first() if chosen else None
    context: dict[str, Any] = {"provider": provider, "cohort": cohort}
    if cohort is None:
        context["form"] = CohortChoice(user=user)
        context["anything"] = queries.cohorts_to_assign(user).exists()
        return render(request, "providers/cohort_choice.html", context)
    initial = {"until": cohort.closes_on}
    form = AssignmentForm(request.POST or None, user=user, cohort=cohort, initial=initial)
    if form.is_valid():
        fields = {**form.cleaned_data, "cohort": cohort}
        try:
            made = actions.assign(actor=user, provider=provider, fields=fields)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("providers:assignment", made.pk)
    return render(request, "providers/assignment_form.html", context | {"form": form})


@keepers_only
@require_http_methods(["GET", "POST"])
def edit_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    assignment = queries.assignment_managed(user, pk)
    names = ("greatest", "pass_percent", "until", "needs_approval", "shows_contacts")
    form = AssignmentForm(
        request.POST or None, user=user, cohort=assignment.cohort, assignment=assignment,
        initial={name: getattr(assignment, name) for name in names},
    )  # fmt: skip
    if form.is_valid():
        actions.change_assignment(actor=user, assignment=assignment, fields=form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return redirect("providers:assignment", pk)
    context = {"form": form, "provider": assignment.provider, "assignment": assignment}
    return render(request, "providers/assignment_form.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def withdraw_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    assignment = queries.assignment_managed(user, pk)
    if request.method == "POST":
        actions.withdraw_assignment(actor=user, assignment=assignment)
        return redirect("providers:provider", assignment.provider_id)
    context = {
        "question": _("Thôi giao “%s”?") % assignment.requirement.name,
        "consequence": _("%s không còn xem được các học viên này. Kết quả đã ghi nhận giữ nguyên.")
        % assignment.provider.name,
        "action_label": _("Thôi giao"),
        "back_url": reverse("providers:assignment", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@both_sides
@require_GET
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.assignment_for(user_of(request), pk)
    search = request.GET.get("q", "")[:100]
    page = Paginator(people_listed(found, search), PAGE).get_page(request.GET.get("page"))
    meetings = queries.meetings_of(found.training_class) if found.training_class else []
    context = {
        "assignment": found,
        "progress": queries.progress_of(found),
        "meetings": meetings,
        "imports": imports_of(found)[:IMPORTS],
        "page": page,
        "rows": [(enrolment, code_of(enrolment.pk)) for enrolment in page],
        "q": search,
        "form": ResultsForm(),
    }
    return render(request, "providers/assignment.html", context)


@both_sides
@require_GET
def people_export(request: HttpRequest, pk: int) -> FileResponse:
    user = user_of(request)
    found: Assignment = queries.assignment_for(user, pk)
    people = people_listed(found)
    told = {"assignment": pk, "persons": people.count()}
    record(actor=user, action="providers.export_people", on=found.provider, data=told)
    return people_sheet(found, people.iterator(chunk_size=2000))
