"""A wrong key put right: said by an examiner, decided by the council, everybody scored anew. The
bundle never changes; old keys and old results stay on record."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.rescore import Outcome, rescore
from lantoa.exams.models import KeyCorrection, KeyProposal, ResultChange, Sitting
from lantoa.exams.queries.corrections import affected, forecast, used_item
from lantoa.exams.queries.scored import AT_ONCE, Scorer
from lantoa.exams.refusals import BadKey
from lantoa.exams.rules.keys import same_shown
from lantoa.jobs.actions import enqueue
from lantoa.jobs.models import Job
from lantoa.kernel import clock

Progress = Callable[[int, int], None]
FORECAST = "lantoa.exams.tasks.forecast_key"
RESCORE = "lantoa.exams.tasks.rescore_key"


@transaction.atomic
def propose_key(
    *, actor: User, sitting: Sitting, version: int, content: dict[str, Any] | None, reason: str
) -> tuple[KeyProposal, Job]:
    """Say that a key is wrong; `content` None: full points for everyone. Its dry run begins at
    once. Raises BadKey."""
    item = used_item(sitting, version)
    if item is None:
        raise BadKey(_("Câu hỏi này không có trong đề của kỳ thi."))
    if KeyProposal.objects.filter(sitting=sitting, version=version, decision="").exists():
        raise BadKey(_("Câu hỏi này đã có một đề nghị đang chờ hội đồng."))
    if content is not None:
        shown = item.kind.for_candidate(item.content)
        if not same_shown(shown, item.kind.for_candidate(content)):
            raise BadKey(
                _("Chỉ sửa được đáp án: nội dung câu hỏi và phương án phải giữ như thí sinh đã "
                  "thấy.")
            )  # fmt: skip
        if not item.everyone and content == item.now:
            raise BadKey(_("Đáp án này đang được dùng; không có gì thay đổi."))
    proposal = KeyProposal.objects.create(
        sitting=sitting,
        version_id=version,
        content=content,
        everyone=content is None,
        reason=reason,
        proposed_by_id=actor.pk,
    )
    data = {"proposal": proposal.pk, "version": version, "reason": reason}
    record(actor=actor, action="exams.propose_key", on=sitting, data=data)
    return proposal, _enqueue(FORECAST, _("Tính thử việc sửa đáp án"), proposal, actor)


def _enqueue(handler: str, title: str, proposal: KeyProposal, actor: User) -> Job:
    params = {"proposal": proposal.pk}
    return enqueue(handler=handler, title=title, params=params, actor=actor)


def run_forecast(*, proposal: KeyProposal, progress: Progress) -> None:
    counted = forecast(proposal, progress)
    proposal.forecast, proposal.forecast_at = counted.data, clock.now()
    proposal.save(update_fields=["forecast", "forecast_at"])


def _decide(proposal: KeyProposal, decision: str, actor: User, note: str) -> KeyProposal:
    locked = KeyProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.decision:
        raise BadKey(_("Đề nghị này đã được quyết định."))
    locked.decision, locked.note = decision, note
    locked.decided_at, locked.decided_by_id = clock.now(), actor.pk
    locked.save(update_fields=["decision", "note", "decided_at", "decided_by_id"])
    return locked


@transaction.atomic
def apply_key(*, actor: User, proposal: KeyProposal, note: str) -> Job:
    """The key is corrected in every bundle that has the item; results follow in the background.
    Who proposed it doesn't decide on it. Raises BadKey."""
    if proposal.proposed_by_id == actor.pk:
        raise BadKey(_("Người đề nghị không tự duyệt; cần một người khác của hội đồng."))
    if proposal.forecast_at is None:
        raise BadKey(_("Chưa tính thử xong; hãy đợi để biết bao nhiêu kết quả thay đổi."))
    locked = _decide(proposal, KeyProposal.Decision.APPLIED, actor, note)
    item = used_item(locked.sitting, locked.version_id)
    assert item is not None
    KeyCorrection.objects.bulk_create(
        [
            KeyCorrection(
                bundle_id=bundle,
                item=place,
                content=locked.content,
                everyone=locked.everyone,
                reason=locked.reason,
                by_id=actor.pk,
            )
            for bundle, place in item.bundles.items()
        ]
    )
    data = {
        "proposal": locked.pk, "version": locked.version_id, "bundles": list(item.bundles),
        "everyone": locked.everyone, "reason": locked.reason, "note": note,
    }  # fmt: skip
    record(actor=actor, action="exams.correct_key", on=locked.sitting, data=data)
    return _enqueue(RESCORE, _("Tính lại điểm sau khi sửa đáp án"), locked, actor)


@transaction.atomic
def refuse_key(*, actor: User, proposal: KeyProposal, note: str) -> None:
    """Raises BadKey."""
    locked = _decide(proposal, KeyProposal.Decision.REFUSED, actor, note)
    data = {"proposal": locked.pk, "version": locked.version_id, "note": note}
    record(actor=actor, action="exams.refuse_key", on=locked.sitting, data=data)


def rescore_key(*, actor: User | None, proposal: KeyProposal, progress: Progress) -> Outcome:
    """Compute anew what the correction concerns, a few hundred at a time; begun again after a crash
    it finds nothing more to change where it had been."""
    ids = list(affected(proposal).values_list("pk", flat=True))
    total, scorer = Outcome(), Scorer()
    for start in range(0, len(ids), AT_ONCE):
        outcome = rescore(
            attempts=ids[start : start + AT_ONCE],
            cause=ResultChange.Cause.RESCORED,
            note=proposal.reason,
            actor=actor,
            scorer=scorer,
        )
        total.add(outcome)
        progress(min(start + AT_ONCE, len(ids)), len(ids))
    KeyProposal.objects.filter(pk=proposal.pk).update(rescored_at=clock.now())
    return total
