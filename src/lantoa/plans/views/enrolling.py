"""Putting people into a cohort: what will happen is counted before anything happens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.jobs.actions import enqueue
from lantoa.kernel import clock
from lantoa.kernel.row_ids import row_ids
from lantoa.kernel.text import fold
from lantoa.plans.forms import ChoiceForm
from lantoa.plans.models import PlannedCohort
from lantoa.plans.queries.choices import Choice, DryRun, dry_run, persons_chosen
from lantoa.plans.queries.plans import cohort_for
from lantoa.programmes.actions import EnrolReport, enrol
from lantoa.programmes.models import Enrolment
from lantoa.web import formats

AT_ONCE = 2000
"""More people than this go through a job, so that nobody waits for a page."""
PICK_LIMIT = 500


def _told(report: EnrolReport | DryRun, enrolled: int) -> dict[str, str]:
    return {
        "enrolled": formats.number(enrolled),
        "already": formats.number(report.already),
        "left": formats.number(report.not_active),
    }


def _enrol(
    request: HttpRequest, planned: PlannedCohort, choice: Choice, words: str
) -> HttpResponse:
    user, cohort = user_of(request), planned.cohort
    persons = persons_chosen(user, cohort, choice)
    back = reverse("plans:cohort", args=[cohort.pk])
    if dry_run(cohort, persons).fresh > AT_ONCE:
        params = {
            "cohort": cohort.pk,
            "choice": choice.as_params(),
            "words": words,
            "url": back,
        }
        job = enqueue(
            handler="lantoa.plans.tasks.enrol_choice",
            title=_("Ghi danh vào %(cohort)s") % {"cohort": cohort.name},
            params=params,
            actor=user,
        )
        return redirect("jobs:job", job.pk)
    try:
        report = enrol(cohort=cohort, persons=list(persons), actor=user, choice=words)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    messages.success(
        request,
        _("Đã ghi danh %(enrolled)s người; %(already)s đã có, %(left)s đã thôi việc.")
        % _told(report, report.enrolled),
    )
    return redirect(back)


@login_required
@require_http_methods(["GET", "POST"])
def enrol_units(request: HttpRequest, cohort: int) -> HttpResponse:
    """GET with a choice is the dry run; POST of the same choice applies it."""
    user = user_of(request)
    planned = cohort_for(user, cohort)
    data: QueryDict | None = request.POST if request.method == "POST" else None
    if request.method == "GET" and "unit" in request.GET:
        data = request.GET
    form = ChoiceForm(data, user=user, planned=planned)
    counted = sample = None
    if form.is_valid():
        if request.method == "POST":
            return _enrol(request, planned, form.choice(), form.words())
        persons = persons_chosen(user, planned.cohort, form.choice())
        counted = dry_run(planned.cohort, persons)
        sample = persons.select_related("unit")[:10]
    context = {
        "planned": planned,
        "cohort": planned.cohort,
        "form": form,
        "counted": counted,
        "sample": sample,
        "words": form.words() if counted else "",
        "closed": planned.cohort.closes_on < clock.today(),
    }
    return render(request, "plans/enrol.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def pick(request: HttpRequest, cohort: int) -> HttpResponse:
    """Tick people one by one from a search."""
    user = user_of(request)
    planned = cohort_for(user, cohort)
    if request.method == "POST":
        chosen = row_ids(request.POST.getlist("person"))[:PICK_LIMIT]
        if chosen:
            choice = Choice(persons=tuple(chosen))
            return _enrol(request, planned, choice, _("Chọn từng người"))
        messages.error(request, _("Hãy chọn ít nhất một người."))
    search = request.GET.get("q", "")
    persons = persons_chosen(user, planned.cohort, Choice()).filter(left_on__isnull=True)
    if wanted := fold(search):
        persons = persons.filter(search_key__contains=wanted)
    standing = Enrolment.objects.filter(
        cohort=planned.cohort, person=OuterRef("pk"), withdrawn_at__isnull=True
    )
    persons = persons.annotate(already=Exists(standing)).select_related("unit")
    context = {
        "planned": planned,
        "cohort": planned.cohort,
        "q": search,
        "page": Paginator(persons, 50).get_page(request.GET.get("page")),
        "closed": planned.cohort.closes_on < clock.today(),
    }
    return render(request, "plans/pick.html", context)
