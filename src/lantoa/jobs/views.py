from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.jobs.actions import retry
from lantoa.jobs.queries import jobs_of


@login_required
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    return render(request, "jobs/jobs.html", {"jobs": jobs_of(user_of(request))[:100]})


@login_required
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """The job's page; asked by htmx, only the moving part of it."""
    found = get_object_or_404(jobs_of(user_of(request)), pk=pk)
    part = "jobs/progress.html" if request.headers.get("HX-Request") else "jobs/job.html"
    return render(request, part, {"job": found})


@login_required
@require_POST
def retry_job(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    retry(job=get_object_or_404(jobs_of(user), pk=pk), actor=user)
    return redirect("jobs:job", pk)
