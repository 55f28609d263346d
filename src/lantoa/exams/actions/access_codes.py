"""Access codes: made, shown once, kept as keyed hashes only. No code goes into the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.delivery.codes import code_hash
from lantoa.exams.models import Candidate, Exam, Sitting
from lantoa.exams.rules.codes import new_code, shown
from lantoa.kernel import clock
from lantoa.kernel.bulk import update


@dataclass(frozen=True)
class IssuedCode:
    """What is printed for one candidate. The code is nowhere else."""

    candidate: Candidate
    code: str


@transaction.atomic
def issue_codes(
    *, actor: User | None, sitting: Sitting, candidates: Sequence[Candidate]
) -> list[IssuedCode]:
    """New codes for these candidates of the sitting, in the order given; earlier ones of theirs are
    void from now on, and who was locked for wrong codes is free again. Raises NotNow."""
    if sitting.exam.entry != Exam.Entry.CODE:
        raise NotNow(_("Kỳ thi này vào bằng tài khoản, không dùng mã."))
    if any(not one.number for one in candidates):
        raise NotNow(_("Có thí sinh chưa có số báo danh; hãy đánh số trước."))
    issued = [IssuedCode(one, new_code()) for one in candidates]
    now = clock.now()
    update(
        Candidate,
        ("code_hash", "code_issued_at", "failures", "locked_at"),
        ((code_hash(one.code), now, 0, None, one.candidate.pk) for one in issued),
    )
    if issued:
        ids = [one.candidate.pk for one in issued]
        # Ids of thousands would say nothing to a reader.
        which = {"candidate": ids[0]} if len(ids) == 1 else {}
        data = {"codes": len(ids), **which}
        record(actor=actor, action="exams.issue_codes", on=sitting, data=data)
    return [IssuedCode(one.candidate, shown(one.code)) for one in issued]


def note_lists(*, actor: User | None, sitting: Sitting, candidates: int) -> None:
    """Write down that a list with names was taken out."""
    record(actor=actor, action="exams.print_lists", on=sitting, data={"candidates": candidates})
