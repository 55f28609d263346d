"""Files of file tasks. They are too large for the hot path; the page sends them here."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from lantoa.accounts.asking import user_of
from lantoa.accounts.models import User
from lantoa.exams import actions
from lantoa.exams.actions.operating import SYSTEM
from lantoa.exams.delivery import tokens
from lantoa.exams.models import Attempt
from lantoa.exams.refusals import NoFileHere, Refused, sentence_of
from lantoa.exams.views.candidates import own_attempt
from lantoa.files.rules import FileRefused


@csrf_exempt
@require_POST
def upload(request: HttpRequest, public_id: UUID, slot: int) -> JsonResponse:
    """Who entered by a code has no session and no CSRF token, only the attempt's own cookie.
    Another site can't make a browser send that (SameSite=Strict), nor the header (it would have to
    ask)."""
    token = tokens.of_cookies(request.COOKIES, public_id)
    if token is not None and request.headers.get("X-Lantoa") == "sit":
        attempt = Attempt.objects.select_related("bundle", "sitting").get(pk=token[0])
        return _kept(request, None, attempt, token[1], slot)
    if not request.user.is_authenticated:
        return _told(401, "no_token", sentence_of("no_token", {}))
    return _signed_in(request, public_id, slot)


@csrf_protect
def _signed_in(request: HttpRequest, public_id: UUID, slot: int) -> JsonResponse:
    return _kept(request, user_of(request), own_attempt(request, public_id), SYSTEM, slot)


def _kept(
    request: HttpRequest, actor: User | None, attempt: Attempt, epoch: int, slot: int
) -> JsonResponse:
    file = request.FILES.get("file")
    try:
        if file is None:
            raise NoFileHere
        kept = actions.keep_upload(
            actor=actor, attempt=attempt, epoch=epoch, slot=slot, upload=file
        )
    except FileRefused as refusal:
        return _told(422, "file_refused", refusal.message)
    except Refused as refusal:
        return _told(409, "refused", refusal.sentence)
    told = {"upload": str(kept.public_id), "name": kept.file.name, "size": kept.file.size}
    return JsonResponse(told)


def _told(status: int, error: str, sentence: str) -> JsonResponse:
    return JsonResponse({"error": error, "sentence": sentence}, status=status)
