from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.accounts.idle import hold, release
from lantoa.exams import actions, rules
from lantoa.exams.models import Attempt, Result, Sitting
from lantoa.exams.queries import MySitting, my_sitting
from lantoa.exams.queries.attempts import (
    attempt_for,
    mistakes_of,
    results_of,
    sheet_of,
    weak_topics,
)
from lantoa.exams.refusals import Refused
from lantoa.exams.views import candidate
from lantoa.items.kinds import kind_of
from lantoa.items.rules import BankTooSmall
from lantoa.kernel import clock


def _mine(request: HttpRequest, pk: int) -> MySitting:
    try:
        return my_sitting(candidate(request), pk)
    except Sitting.DoesNotExist:
        raise Http404 from None


def _attempt(request: HttpRequest, public_id: UUID) -> Attempt:
    """The candidate's own attempt; one that has run out of time is submitted on sight."""
    try:
        attempt = attempt_for(candidate(request), public_id)
    except Attempt.DoesNotExist:
        raise Http404 from None
    if attempt.submitted_at is None and rules.is_over(attempt.deadline_at, clock.now()):
        actions.submit_attempt(actor=None, attempt=attempt)
        attempt.refresh_from_db(fields=["submitted_at"])
    return attempt


def _left_seconds(attempt: Attempt) -> int:
    return max(0, int((attempt.deadline_at - clock.now()).total_seconds()))


@login_required
@never_cache
@require_GET
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the test: its rules in words, and how it went so far."""
    mine = _mine(request, pk)
    if mine.state is rules.State.SUBMITTING and mine.attempt is not None:
        _attempt(request, mine.attempt)
        mine = _mine(request, pk)
    results = results_of(candidate(request), mine.sitting)
    questions = sum(mine.sitting.blueprint.cells.values_list("count", flat=True))
    context = {"mine": mine, "results": results, "questions": questions}
    return render(request, "exams/take.html", context)


@login_required
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _mine(request, pk)
    try:
        attempt = actions.start_attempt(
            actor=user_of(request), enrolment=mine.enrolment, sitting=mine.sitting
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("exams:take", pk)
    except BankTooSmall:
        messages.error(
            request,
            _("Chưa dựng được đề: ngân hàng câu hỏi chưa đủ. Lần làm này không bị tính; "
              "hãy báo đơn vị tổ chức."),
        )  # fmt: skip
        return redirect("exams:take", pk)
    return redirect("exams:paper", attempt.public_id)


@login_required
@never_cache
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper. Its form works without script: it saves all that is on the page."""
    attempt = _attempt(request, public_id)
    if attempt.submitted_at is not None:
        return redirect("exams:result", public_id)
    if request.method == "POST":
        return _save_page(request, attempt)
    hold(request.session, attempt.deadline_at + rules.GRACE)
    now = clock.now()
    context = {
        "attempt": attempt,
        "sheet": sheet_of(attempt),
        "now_ms": round(now.timestamp() * 1000),
        "deadline_ms": round(attempt.deadline_at.timestamp() * 1000),
        "left_seconds": _left_seconds(attempt),
    }
    return render(request, "exams/paper.html", context)


def _save_page(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    responses = {}
    for slot, of in enumerate(attempt.form.content["slots"]):
        kind = kind_of(of["kind"])
        response = kind.read_form(request.POST, f"slot-{slot}")
        if response is not None:
            responses[slot] = response
        elif kind.accepts({"options": [None] * len(of["order"])}, []):
            responses[slot] = []  # every tick taken away
    try:
        actions.save_page(attempt=attempt, responses=responses)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        if "submit" in request.POST:
            return redirect("exams:submit", attempt.public_id)
        messages.success(request, _("Đã lưu các câu trả lời trên trang."))
    return redirect("exams:paper", attempt.public_id)


@login_required
@never_cache
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Asks first, naming what is unanswered; then submits. A page of ours asks for JSON."""
    attempt = _attempt(request, public_id)
    if request.method == "POST":
        actions.submit_attempt(actor=user_of(request), attempt=attempt)
        release(request.session)
        result_url = reverse("exams:result", args=[public_id])
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"result": result_url})
        return redirect(result_url)
    if attempt.submitted_at is not None:
        return redirect("exams:result", public_id)
    context = {
        "attempt": attempt,
        "sheet": sheet_of(attempt),
        "left_seconds": _left_seconds(attempt),
    }
    return render(request, "exams/submit.html", context)


@login_required
@never_cache
@require_GET
def result(request: HttpRequest, public_id: UUID) -> HttpResponse:
    attempt = _attempt(request, public_id)
    if attempt.submitted_at is None:
        return redirect("exams:paper", public_id)
    shown = Result.objects.select_related(
        "attempt__form", "attempt__enrolment", "attempt__submission"
    ).get(attempt=attempt)
    may_review = attempt.form.content["show_review"]
    context = {
        "attempt": attempt,
        "result": shown,
        "submission": shown.attempt.submission,
        "mine": _mine_if_enrolled(request, attempt),
        "weak": weak_topics(shown),
        "mistakes": mistakes_of(attempt) if may_review else [],
        "may_review": may_review,
    }
    return render(request, "exams/result.html", context)


def _mine_if_enrolled(request: HttpRequest, attempt: Attempt) -> MySitting | None:
    """Where the person stands now; a result stays readable after they were taken off the list."""
    try:
        return my_sitting(candidate(request), attempt.sitting_id)
    except Sitting.DoesNotExist:
        return None
