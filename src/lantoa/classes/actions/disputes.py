"""A member disagrees with what stands for them; whoever runs the class decides."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.actions.attendance import Statement, mark
from lantoa.classes.actions.telling import tell
from lantoa.classes.models import Dispute, Mark, Meeting, Member
from lantoa.kernel import clock
from lantoa.kernel.text import clean


@transaction.atomic
def dispute(*, actor: User, meeting: Meeting, member: Member, words: str) -> Dispute:
    """Raises ValidationError: nothing said, one waits already, or the class is over."""
    words = clean(words)
    if not words:
        raise ValidationError({"words": _("Hãy nói điều gì chưa đúng.")})
    if not meeting.training_class.is_open:
        raise ValidationError(_("Lớp đã kết thúc nên không gửi ý kiến được nữa."))
    if Dispute.objects.filter(meeting=meeting, member=member, decided_at=None).exists():
        raise ValidationError(_("Ý kiến trước của anh/chị đang chờ trả lời."))
    made = Dispute.objects.create(meeting=meeting, member=member, words=words[:500])
    record(actor=actor, action="classes.dispute", on=meeting, data={"member": member.pk})
    return made


@transaction.atomic
def decide(*, actor: User | None, found: Dispute, standing: str, answer: str) -> None:
    """`standing`: what stands from now on, or nothing where the dispute is refused. The member is
    told. Raises ValidationError."""
    locked = Dispute.objects.select_for_update().get(pk=found.pk)
    answer = clean(answer)
    if locked.decided_at is not None:
        raise ValidationError(_("Ý kiến này đã được giải quyết."))
    if not standing and not answer:
        raise ValidationError({"answer": _("Hãy nói vì sao không chấp nhận.")})
    now = clock.now()
    locked.outcome = Dispute.Outcome.ACCEPTED if standing else Dispute.Outcome.REFUSED
    locked.answer, locked.decided_at = answer[:500], now
    locked.decided_by_id = actor.pk if actor else None
    locked.save()
    if standing:
        statement = Statement(locked.member, standing, f"dispute:{locked.pk}", now, answer)
        evidence = Mark.Evidence.DISPUTE
        mark(actor=actor, meeting=locked.meeting, statements=[statement], evidence=evidence)
    told = f"{locked.get_outcome_display()}. {answer}".strip()
    title = _("Trả lời ý kiến về điểm danh lớp %(class)s")
    tell([locked.member], locked.meeting.training_class, f"dispute:{locked.pk}", title, told)
    data = {"dispute": locked.pk, "outcome": locked.outcome}
    record(actor=actor, action="classes.decide_dispute", on=locked.meeting, data=data)
