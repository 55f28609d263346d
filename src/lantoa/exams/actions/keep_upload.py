from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from lantoa.accounts.models import User
from lantoa.exams import rules
from lantoa.exams.models import Attempt, Upload
from lantoa.exams.queries.attempts import paper_for
from lantoa.exams.refusals import NoFileHere, Refused, TooManyFiles, refused
from lantoa.exams.rules.uploads import MOST_PER_SLOT, accepted
from lantoa.files.actions import store_upload
from lantoa.kernel import clock


def keep_upload(
    *, actor: User | None, attempt: Attempt, epoch: int, slot: int, upload: UploadedFile[Any]
) -> Upload:
    """Keep a file that a candidate hands in for a slot; the answer that names it is a save of its
    own. `epoch`: the turn of the device that sends it. Storing is the audit trail (`files.store`).

    Raises Refused, and files' FileRefused with the sentence for the candidate.
    """
    allowed = _allowed(attempt, slot)
    _check(attempt, epoch, slot)
    # Large files take a while: no lock is held meanwhile, and what has changed is asked again.
    stored = store_upload(upload=upload, allowed=allowed, actor=actor)
    with transaction.atomic():
        _check(Attempt.objects.select_for_update().get(pk=attempt.pk), epoch, slot)
        return Upload.objects.create(attempt=attempt, slot=slot, file=stored)


def _allowed(attempt: Attempt, slot: int) -> frozenset[str]:
    paper = paper_for(attempt)
    if not 0 <= slot < len(paper.places):
        raise NoFileHere
    allowed = accepted(paper.bundle.arranged(paper.places[slot]))
    if not allowed:
        raise NoFileHere
    return allowed


def _check(attempt: Attempt, epoch: int, slot: int) -> None:
    refusal = _refusal(attempt, epoch)
    if refusal is not None:
        raise refusal
    if attempt.uploads.filter(slot=slot).count() >= MOST_PER_SLOT:
        raise TooManyFiles


def _refusal(attempt: Attempt, epoch: int) -> Refused | None:
    if attempt.deadline_at is None:
        return refused("not_started", {})
    if attempt.submitted_at is not None:
        return refused("submitted", {})
    if epoch < attempt.epoch:
        return refused("file_moved", {})
    paused = attempt.paused_at is not None or attempt.sitting.paused_at is not None
    if not paused and rules.is_over(attempt.deadline_at, clock.now()):
        return refused("file_late", {})
    return None
