"""What pages of those who hold exams share: who may open them, which row is meant, the way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.exams.models import Exam, Sitting
from lantoa.exams.queries.exams import EXAMINER, exams_within, sittings_held
from lantoa.exams.views.tabs import sitting_tabs
from lantoa.people.permissions import unit_ids_within

View = Callable[..., HttpResponseBase]
Trail = list[tuple[str, str]]


def examiners_only(view: View) -> View:
    """For those who hold exams somewhere; for others the page doesn't exist. Which rows they reach
    is the queries' business."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not unit_ids_within(request.user, EXAMINER).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def held_exam(request: HttpRequest, pk: int) -> Exam:
    return get_object_or_404(exams_within(request.user), pk=pk)


def held_sitting(request: HttpRequest, pk: int) -> Sitting:
    return get_object_or_404(sittings_held(request.user), pk=pk)


def exam_trail(exam: Exam | None = None) -> Trail:
    trail = [(_("Kỳ thi"), reverse("exams:exams"))]
    if exam is not None:
        trail.append((exam.title, reverse("exams:exam", args=[exam.pk])))
    return trail


def sitting_trail(sitting: Sitting, *, inside: bool = False) -> Trail:
    """`inside`: of a page below the sitting's own."""
    trail = exam_trail(sitting.exam)
    if inside:
        trail.append((short_name(sitting), reverse("exams:checklist", args=[sitting.pk])))
    return trail


def short_name(sitting: Sitting) -> str:
    return sitting.title or _("Ca thi")


def sitting_page(
    request: HttpRequest,
    template: str,
    sitting: Sitting,
    tab: str,
    context: dict[str, Any],
    *,
    inside: bool = True,
) -> HttpResponse:
    """A page among a sitting's tabs."""
    shared = {
        "sitting": sitting,
        "trail": sitting_trail(sitting, inside=inside),
        "tabs": sitting_tabs(sitting, tab, request.user),
    }
    return render(request, template, {**shared, **context})


def confirm(
    request: HttpRequest,
    *,
    question: str,
    consequence: str,
    action_label: str,
    back_url: str,
    danger: bool = True,
    form: Any = None,
) -> HttpResponse:
    context = {
        "question": question,
        "consequence": consequence,
        "action_label": action_label,
        "back_url": back_url,
        "danger": danger,
        "form": form or "",
    }
    return render(request, "web/confirm.html", context)
