from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.accounts.idle import hold, release
from lantoa.exams import actions, rules
from lantoa.exams.delivery import tokens
from lantoa.exams.models import Attempt, Result, Sitting
from lantoa.exams.queries import MySitting, my_sitting
from lantoa.exams.queries.appeals import changes_of, my_appeal
from lantoa.exams.queries.attempts import (
    attempt_ahead,
    attempt_for,
    breakdown_of,
    mistakes_of,
    paper_for,
    results_of,
    sheet_of,
    weak_topics,
)
from lantoa.exams.queries.standings import results_are_out
from lantoa.exams.refusals import Refused
from lantoa.exams.views import candidate
from lantoa.items.models import Blueprint
from lantoa.items.papers import NoPaper, open_bundle
from lantoa.items.rules import BankTooSmall
from lantoa.kernel import clock

BY_TOPIC = (Blueprint.Feedback.TOPICS, Blueprint.Feedback.MISTAKES)


def _mine(request: HttpRequest, pk: int) -> MySitting:
    try:
        return my_sitting(candidate(request), pk)
    except Sitting.DoesNotExist:
        raise Http404 from None


def own_attempt(request: HttpRequest, public_id: UUID) -> Attempt:
    try:
        return attempt_for(candidate(request), public_id)
    except Attempt.DoesNotExist:
        raise Http404 from None


def _attempt(request: HttpRequest, public_id: UUID) -> Attempt:
    """The candidate's own attempt; one that has run out of time is submitted on sight."""
    attempt = own_attempt(request, public_id)
    if attempt.deadline_at is None:
        raise Http404
    running = attempt.submitted_at is None and attempt.paused_at is None
    if running and rules.is_over(attempt.deadline_at, clock.now()):
        actions.submit_attempt(actor=None, attempt=attempt)
        attempt.refresh_from_db(fields=["submitted_at"])
    return attempt


def _left_seconds(attempt: Attempt) -> int:
    deadline = attempt.deadline_at or clock.now()
    return max(0, int((deadline - clock.now()).total_seconds()))


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
    questions = sum(mine.exam.blueprint.cells.values_list("count", flat=True))
    context = {
        "mine": mine,
        "results": results,
        "questions": questions,
        "ahead": attempt_ahead(candidate(request), mine.sitting),
        "shows_results": results_are_out(mine.sitting),
    }
    return render(request, "exams/take.html", context)


@login_required
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _mine(request, pk)
    ahead = attempt_ahead(candidate(request), mine.sitting)
    if mine.state is rules.State.UPCOMING and ahead is not None:
        return _on_this_device(request, ahead)
    try:
        attempt = actions.start_attempt(
            actor=user_of(request), person=candidate(request), sitting=mine.sitting
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("exams:take", pk)
    except (BankTooSmall, NoPaper):
        messages.error(
            request,
            _("Chưa dựng được đề: ngân hàng câu hỏi chưa đủ. Lần làm này không bị tính; "
              "hãy báo đơn vị tổ chức."),
        )  # fmt: skip
        return redirect("exams:take", pk)
    return _on_this_device(request, attempt)


def _held(request: HttpRequest, attempt: Attempt) -> tuple[int, int] | None:
    """Attempt and epoch of the token that this browser has."""
    return tokens.of_cookies(request.COOKIES, attempt.public_id)


def _until(attempt: Attempt) -> datetime:
    """How long the candidate may be at work on pages that don't reach the session."""
    if attempt.deadline_at is not None:
        return attempt.deadline_at
    minutes = open_bundle(attempt.bundle).content["minutes"]
    opens: datetime = attempt.sitting.opens_at
    return opens + timedelta(minutes=minutes + attempt.candidate.extra_minutes)


def _on_this_device(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """To the paper, with a token by which this browser is known as the attempt's device."""
    try:
        epoch = actions.enter_attempt(attempt=attempt, held=_held(request, attempt))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("exams:take", attempt.sitting_id)
    hold(request.session, _until(attempt) + rules.GRACE)
    response = redirect(f"/sit/{attempt.public_id}/")
    token = tokens.issue(attempt.public_id, attempt.pk, epoch)
    for name, path in tokens.places(attempt.public_id):
        response.set_cookie(
            name, token, max_age=tokens.AGE, path=path, httponly=True, samesite="Strict",
            secure=request.is_secure(),
        )  # fmt: skip
    return response


@login_required
@never_cache
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Back to the paper: at once on the device that has it, after asking on another one."""
    ahead = own_attempt(request, public_id)
    if ahead.deadline_at is None:
        return _on_this_device(request, ahead)
    attempt = _attempt(request, public_id)
    if attempt.submitted_at is not None:
        return redirect("exams:result", public_id)
    asked = request.method == "POST" or attempt.epoch == 0
    if asked or _held(request, attempt) == (attempt.pk, attempt.epoch):
        return _on_this_device(request, attempt)
    return render(request, "exams/take_over.html", {"attempt": attempt})


@login_required
@never_cache
def plain(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper as one form that works without script: it saves all that is on the page."""
    attempt = _attempt(request, public_id)
    if attempt.submitted_at is not None:
        return redirect("exams:result", public_id)
    if request.method == "POST":
        return _save_page(request, attempt)
    hold(request.session, (attempt.deadline_at or clock.now()) + rules.GRACE)
    context = {
        "attempt": attempt,
        "sheet": sheet_of(attempt),
        "left_seconds": _left_seconds(attempt),
    }
    return render(request, "exams/plain.html", context)


def _save_page(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    sheet = paper_for(attempt)
    responses = {}
    for slot, place in enumerate(sheet.places):
        response = sheet.bundle.kinds[place[0]].read_form(request.POST, f"slot-{slot}")
        # What isn't posted was emptied: every tick taken away.
        responses[slot] = response
    try:
        actions.save_page(attempt=attempt, responses=responses)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        if "submit" in request.POST:
            return redirect("exams:submit", attempt.public_id)
        messages.success(request, _("Đã lưu các câu trả lời trên trang."))
    return redirect("exams:plain", attempt.public_id)


@login_required
@never_cache
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Asks first, naming what is unanswered; then submits. A page of ours asks for JSON."""
    attempt = _attempt(request, public_id)
    if request.method == "POST":
        actions.submit_attempt(actor=user_of(request), attempt=attempt)
        release(request.session)
        result_url = reverse("exams:result", args=[public_id])
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
    shown = Result.objects.select_related("attempt__submission").get(attempt=attempt)
    is_out = results_are_out(attempt.sitting) and not shown.waits_for_marks
    feedback = open_bundle(attempt.bundle).content["feedback"]
    by_topic = breakdown_of(attempt, shown) if is_out and feedback in BY_TOPIC else None
    context = {
        "attempt": attempt,
        "result": shown,
        "is_out": is_out,
        "pass_mark": open_bundle(attempt.bundle).content["rules"]["pass_mark"],
        "receipt": bytes(shown.attempt.submission.head).hex(),
        "shows_score": feedback != Blueprint.Feedback.NONE,
        "submission": shown.attempt.submission,
        "mine": _mine_if_enrolled(request, attempt),
        "breakdown": by_topic,
        "weak": weak_topics(attempt, by_topic.topics) if by_topic else [],
        "mistakes": mistakes_of(attempt, shown) if is_out and feedback == "mistakes" else [],
        "may_review": feedback == Blueprint.Feedback.MISTAKES,
        "appeal": my_appeal(attempt, shown),
        "changes": changes_of(shown) if is_out else [],
    }
    return render(request, "exams/result.html", context)


def _mine_if_enrolled(request: HttpRequest, attempt: Attempt) -> MySitting | None:
    """Where the person stands now; a result stays readable after they were taken off the list."""
    try:
        return my_sitting(candidate(request), attempt.sitting_id)
    except Sitting.DoesNotExist:
        return None
