"""The pages of /sit/, the same for everybody; what is whose comes by the hot path afterwards."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_GET

from lantoa.exams.views.sit_words import enter_words, sit_words

# Kept and given to all: nobody's token may stand in it.
NOBODYS = {"csrf_token": ""}


ENTER_MODULES = ("display", "remember", "server", "words")
SIT_MODULES = (
    *ENTER_MODULES, "clock", "map", "questions", "receipt", "screen", "sender", "store",
    "submitting", "tabs", "upload", "waiting", "working",
)  # fmt: skip


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    return render(request, f"exams/{name}.html", {**context, **NOBODYS})


def _modules(*names: str) -> list[str]:
    """Asked for with the page, not one after the other as their imports are read."""
    return [static(name) for name in names]


@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Candidate number and access code."""
    modules = _modules(*(f"exams/{name}.js" for name in ENTER_MODULES))
    return _page(request, "enter", words=enter_words(), modules=modules)


@require_GET
def sit(request: HttpRequest) -> HttpResponse:
    """The candidate's page."""
    modules = _modules("items/play.js", *(f"exams/{name}.js" for name in SIT_MODULES))
    return _page(request, "sit", words=sit_words(), modules=modules)
