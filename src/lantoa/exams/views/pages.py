"""The pages of /sit/, the same for everybody; what is whose comes by the hot path afterwards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Candidate number and access code."""
    return render(request, "exams/enter.html")


@require_GET
def sit(request: HttpRequest) -> HttpResponse:
    """The candidate's page."""
    return render(request, "exams/sit.html")
