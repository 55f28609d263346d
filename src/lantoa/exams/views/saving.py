"""The hot endpoint: one answer in, one receipt out (docs/exams.md § Protocol). Kept thin, so that a
twin on the event loop can take its place and leave identical rows."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.exams import actions
from lantoa.exams.models import Attempt
from lantoa.exams.refusals import AlreadySubmitted, BadAnswer, Refused, SequenceTaken, TimeOver
from lantoa.kernel import clock

MOST_BYTES = 4096
STATUS: dict[type[Refused], int] = {
    BadAnswer: 400,
    AlreadySubmitted: 409,
    SequenceTaken: 409,
    TimeOver: 410,
}


def _attempt(request: HttpRequest, public_id: UUID) -> Attempt | None:
    return (
        Attempt.objects.filter(public_id=public_id, enrolment__person__user=user_of(request))
        .only("pk", "deadline_at", "submitted_at")
        .first()
    )


def _now() -> int:
    return round(clock.now().timestamp() * 1000)


def _error(status: int, error: str, sentence: str = "", **more: Any) -> JsonResponse:
    return JsonResponse({"error": error, "sentence": sentence, **more}, status=status)


@require_POST
def answers(request: HttpRequest, public_id: UUID) -> JsonResponse:
    if not request.user.is_authenticated:
        return _error(401, "signed_out")
    attempt = _attempt(request, public_id)
    if attempt is None:
        return _error(404, "no_such_attempt")
    try:
        sequence, slot, response = _read(request)
        receipt = actions.save_answer(
            attempt=attempt, sequence=sequence, slot=slot, response=response
        )
    except SequenceTaken as taken:
        return _error(409, "sequence_taken", taken.sentence, next=taken.next_sequence)
    except Refused as refusal:
        name = {409: "submitted", 410: "time_over"}.get(STATUS[type(refusal)], "bad_answer")
        return _error(STATUS[type(refusal)], name, refusal.sentence)
    return JsonResponse({"saved": receipt.sequence, "hash": receipt.hash, **_times(attempt)})


@require_GET
def clock_of(request: HttpRequest, public_id: UUID) -> JsonResponse:
    """The server's time and the attempt's deadline, in milliseconds."""
    if not request.user.is_authenticated:
        return _error(401, "signed_out")
    attempt = _attempt(request, public_id)
    if attempt is None:
        return _error(404, "no_such_attempt")
    return JsonResponse({**_times(attempt), "submitted": attempt.submitted_at is not None})


def _times(attempt: Attempt) -> dict[str, int]:
    return {"now": _now(), "deadline": round(attempt.deadline_at.timestamp() * 1000)}


def _read(request: HttpRequest) -> tuple[int, int, Any]:
    """The body's three values. Raises BadAnswer."""
    if len(request.body) > MOST_BYTES:
        raise BadAnswer
    try:
        body = json.loads(request.body)
        sequence, slot, response = body["sequence"], body["slot"], body["response"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BadAnswer from None
    if type(sequence) is not int or type(slot) is not int:
        raise BadAnswer
    return sequence, slot, response
