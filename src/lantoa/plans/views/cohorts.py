from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.kernel import clock
from lantoa.plans.actions import open_planned_cohort
from lantoa.plans.actions.nominations import fill_after
from lantoa.plans.forms import CohortForm, window_initial
from lantoa.plans.models import NominationCall, PlannedCohort
from lantoa.plans.permissions import managed_units
from lantoa.plans.queries.history import history
from lantoa.plans.queries.nominations import call_of, lists_in_reach, units_silent
from lantoa.plans.queries.plans import batches_visible, cohort_for, cohort_managed, plan_managed
from lantoa.programmes.actions import change_cohort, undo_batch, withdraw_enrolment
from lantoa.programmes.models import Enrolment
from lantoa.programmes.presets import preset
from lantoa.programmes.windows import proposed_windows
from lantoa.web import formats

SHOWN = 50


@login_required
@require_http_methods(["GET", "POST"])
def new_cohort(request: HttpRequest, plan: int) -> HttpResponse:
    user = user_of(request)
    found = plan_managed(user, plan)
    form = CohortForm(request.POST or None, plan=found, initial=window_initial(request.GET))
    if form.is_valid():
        try:
            cohort = open_planned_cohort(plan=found, actor=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã mở đợt. Bước tiếp theo: ghi danh học viên."))
            return redirect("plans:enrol", cohort.pk)
    windows = [
        (programme, window)
        for programme in found.programmes.exclude(preset="")
        if (model := preset(programme.preset))
        for window in proposed_windows(model, found.starts_on.year)
    ]
    context = {"form": form, "plan": found, "windows": windows}
    return render(request, "plans/cohort_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_cohort(request: HttpRequest, cohort: int) -> HttpResponse:
    user = user_of(request)
    planned = cohort_managed(user, cohort)
    initial = {n: getattr(planned.cohort, n) for n in ("name", "opens_on", "closes_on")}
    form = CohortForm(request.POST or None, plan=planned.plan, cohort=True, initial=initial)
    if form.is_valid():
        try:
            change_cohort(cohort=planned.cohort, actor=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã lưu đợt."))
            return redirect("plans:cohort", planned.cohort_id)
    context = {"form": form, "plan": planned.plan, "cohort": planned.cohort}
    return render(request, "plans/cohort_form.html", context)


@login_required
@require_GET
def cohort_page(request: HttpRequest, cohort: int) -> HttpResponse:
    user = user_of(request)
    planned = cohort_for(user, cohort)
    standing = Enrolment.objects.filter(cohort=planned.cohort, withdrawn_at__isnull=True)
    counts = standing.filter(unit_id__in=managed_units(user)).aggregate(
        enrolled=Count("pk"),
        begun=Count("pk", filter=Q(started_at__isnull=False)),
        completed=Count("pk", filter=Q(completed_at__isnull=False)),
    )
    call = call_of(planned)
    context: dict[str, object] = {
        "planned": planned,
        "cohort": planned.cohort,
        "counts": counts,
        "batches": batches_visible(user, planned)[:50],
        "history": history(planned.cohort),
        "closed": planned.cohort.closes_on < clock.today(),
        "call": call,
    }
    if call is not None:
        context |= _names(request, planned, call)
    return render(request, "plans/cohort.html", context)


def _names(request: HttpRequest, planned: PlannedCohort, call: NominationCall) -> dict[str, object]:
    """Lists that units have made and units that have made none, a page of each."""
    user, search = user_of(request), request.GET.get("q", "")
    under = request.GET.get("under", "")
    silent = units_silent(user, planned, call, search=search, under=under)
    lists = Paginator(lists_in_reach(user, call), SHOWN)
    return {
        "lists": lists.get_page(request.GET.get("lists")),
        "silent": silent,
        "silent_page": Paginator(silent.found, SHOWN).get_page(request.GET.get("page")),
        "many": silent.count > SHOWN,
        "q": search,
        "asks": any(name in request.GET for name in ("q", "under", "page")),
    }


@login_required
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, cohort: int, batch: int) -> HttpResponse:
    user = user_of(request)
    planned = cohort_for(user, cohort)
    found = get_object_or_404(batches_visible(user, planned), pk=batch)
    back = reverse("plans:cohort", args=[cohort])
    if request.method == "POST":
        try:
            withdrawn, kept = undo_batch(batch=found, actor=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request,
                _("Đã rút %(withdrawn)s người; %(kept)s người đã bắt đầu học nên được giữ lại.")
                % {"withdrawn": formats.number(withdrawn), "kept": formats.number(kept)},
            )
        return redirect(back)
    waiting = found.enrolments.filter(withdrawn_at__isnull=True)
    begun = waiting.filter(Q(started_at__isnull=False) | Q(completed_at__isnull=False)).count()
    context = {
        "question": _("Hoàn tác lần ghi danh này?"),
        "consequence": _("%(count)s người chưa bắt đầu sẽ được rút khỏi đợt; %(kept)s giữ lại.")
        % {"count": formats.number(waiting.count() - begun), "kept": formats.number(begun)},
        "action_label": _("Hoàn tác"),
        "back_url": back,
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, enrolment: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(
        Enrolment.objects.filter(
            withdrawn_at__isnull=True, completed_at__isnull=True, cohort__planned__isnull=False
        ).select_related("person", "cohort__planned"),
        pk=enrolment,
        unit_id__in=managed_units(user),
    )
    back = reverse("plans:cohort", args=[found.cohort_id])
    if request.method == "POST":
        withdraw_enrolment(enrolment=found, actor=user)
        messages.success(request, _("Đã rút %(name)s khỏi đợt.") % {"name": found.person.full_name})
        for person in fill_after(actor=user, enrolment=found):
            words = {"name": person.full_name}
            messages.success(request, _("%(name)s trong danh sách chờ vào thay.") % words)
        return redirect(back)
    context = {
        "question": _("Rút %(name)s khỏi đợt?") % {"name": found.person.full_name},
        "consequence": _("Kết quả học đã có vẫn được giữ; có thể ghi danh lại khi đợt còn mở."),
        "action_label": _("Rút khỏi đợt"),
        "back_url": back,
        "danger": True,
    }
    return render(request, "web/confirm.html", context)
