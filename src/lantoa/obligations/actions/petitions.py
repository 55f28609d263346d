"""Asking to be exempt, for more time, or that another certificate counts; deciding it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.files.models import StoredFile
from lantoa.kernel import clock
from lantoa.kernel.text import clean
from lantoa.notices.actions import notify
from lantoa.obligations.models import Obligation, Petition

Kind, State = Petition.Kind, Obligation.State


@transaction.atomic
def petition(
    *,
    actor: User,
    obligation: Obligation,
    kind: str,
    words: str,
    until: date | None = None,
    file: StoredFile | None = None,
) -> Petition:
    """Raises ValidationError by field."""
    locked = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if locked.state != State.OPEN:
        raise ValidationError(_("Nghĩa vụ này không còn mở nên không đề nghị được."))
    if locked.petitions.filter(decided_at=None).exists():
        raise ValidationError(_("Đề nghị trước của anh/chị đang chờ trả lời."))
    if kind == Kind.EXTENSION and (until is None or until <= locked.due_on):
        raise ValidationError({"until": _("Hãy chọn một ngày sau hạn hiện nay.")})
    if kind == Kind.EQUIVALENCE and file is None:
        raise ValidationError({"file": _("Hãy đính kèm ảnh hoặc bản quét chứng chỉ.")})
    words = clean(words)
    if not words:
        raise ValidationError({"words": _("Hãy nói lý do.")})
    until = until if kind == Kind.EXTENSION else None
    made = Petition.objects.create(
        obligation=locked, kind=kind, words=words, until=until, file=file
    )
    record(actor=actor, action="obligations.petition", on=locked, data={"kind": kind})
    return made


@transaction.atomic
def decide(*, actor: User | None, found: Petition, accepted: bool, answer: str) -> None:
    """The person is told. Raises ValidationError."""
    locked = Petition.objects.select_for_update().select_related("obligation").get(pk=found.pk)
    answer = clean(answer)
    if locked.decided_at is not None:
        raise ValidationError(_("Đề nghị này đã được trả lời."))
    if not accepted and not answer:
        raise ValidationError({"answer": _("Hãy nói vì sao không chấp nhận.")})
    outcomes = Petition.Outcome
    locked.outcome = outcomes.ACCEPTED if accepted else outcomes.REFUSED
    locked.answer, locked.decided_at = answer, clock.now()
    locked.decided_by_id = actor.pk if actor else None
    locked.save()
    if accepted:
        _grant(locked)
    users = User.objects.filter(person__obligations=locked.obligation_id)
    words = {"title": locked.obligation.rule.title}
    notify(
        users=users,
        cause=f"obligations.petition:{locked.pk}",
        title=_("Trả lời đề nghị: %(title)s") % words,
        body=f"{locked.get_outcome_display()}. {answer}".strip(),
        url=reverse("obligations:mine"),
    )
    data = {"petition": locked.pk, "outcome": locked.outcome}
    record(actor=actor, action="obligations.decide", on=locked.obligation, data=data)


def _grant(found: Petition) -> None:
    row = found.obligation
    if found.kind == Kind.EXEMPTION:
        row.state = State.EXEMPT
    elif found.kind == Kind.EXTENSION and found.until is not None:
        row.due_on = found.until
    else:
        row.state, row.met_on, row.met_by = State.MET, clock.today(), f"petition:{found.pk}"
    row.save()
