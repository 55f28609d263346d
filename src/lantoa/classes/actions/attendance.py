"""Marks of who was there. They are only added; `Presence` is what stands, made in the same step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.codes import shown_then
from lantoa.classes.models import Mark, Meeting, Member, Presence, TrainingClass
from lantoa.classes.rules import attending
from lantoa.files.models import StoredFile
from lantoa.kernel import clock
from lantoa.kernel.ids import new_token
from lantoa.kernel.text import clean

Evidence = Mark.Evidence


@dataclass(frozen=True)
class Statement:
    """`key` names it for good: the device that made it sends the same one again. `made_at` by the
    device's clock; nothing is made later than it arrives."""

    member: Member
    standing: str
    key: str
    made_at: datetime
    note: str = ""


@dataclass(frozen=True)
class Taken:
    counted: int
    repeated: int


@transaction.atomic
def mark(
    *,
    actor: User | None,
    meeting: Meeting,
    statements: Sequence[Statement],
    evidence: str,
    file: StoredFile | None = None,
) -> Taken:
    """Take in what somebody says of members of the meeting's class, whom the caller has checked.
    What was sent before is passed over. Raises ValidationError when the class is over or the
    meeting was cancelled."""
    _open(meeting)
    now = clock.now()
    keys = [statement.key for statement in statements]
    known = set(Mark.objects.filter(meeting=meeting, key__in=keys).values_list("key", flat=True))
    fresh = {one.key: one for one in statements if one.key not in known}
    marks = [
        Mark(
            meeting=meeting,
            member=one.member,
            standing=one.standing,
            evidence=evidence,
            key=one.key,
            made_at=min(one.made_at, now),
            received_at=now,
            by_id=actor.pk if actor else None,
            file=file,
            note=clean(one.note)[:300],
        )
        for one in fresh.values()
    ]
    Mark.objects.bulk_create(marks, batch_size=500)
    _stand(meeting, marks)
    if marks:
        data = {"marks": len(marks), "evidence": evidence}
        record(actor=actor, action="classes.mark", on=meeting, data=data)
    return Taken(len(marks), len(statements) - len(marks))


def check_in(
    *, actor: User, meeting: Meeting, member: Member, given: str, at: datetime | None = None
) -> Mark:
    """A member's own mark, by the code or the scanned token. `at`: when it was scanned, where the
    phone had no network then. Raises ValidationError."""
    now = clock.now()
    moment = min(at, now) if at else now
    if not attending.takes_code(meeting.starts_at, meeting.ends_at, moment):
        raise ValidationError({"code": _("Lúc này buổi học không nhận mã điểm danh.")})
    given = "".join(given.split())
    if not shown_then(meeting, given, moment):
        raise ValidationError(
            {"code": _("Mã không đúng hoặc đã đổi. Hãy nhập mã đang hiện trên màn hình.")}
        )
    standing = attending.standing_at(meeting.starts_at, moment)
    scanned = len(given) > len("000000")
    statement = Statement(member, standing, f"code:{member.pk}", moment)
    evidence = Evidence.SCAN if scanned else Evidence.CODE
    mark(actor=actor, meeting=meeting, statements=[statement], evidence=evidence)
    return Mark.objects.get(meeting=meeting, key=statement.key)


def new_key() -> str:
    return new_token(16)


def _open(meeting: Meeting) -> None:
    # Whoever ends the class waits for this, or this for them.
    found = TrainingClass.objects.select_for_update().get(pk=meeting.training_class_id)
    if not found.is_open:
        raise ValidationError(_("Lớp đã kết thúc nên không điểm danh được nữa."))
    if meeting.cancelled_at is not None:
        raise ValidationError(_("Buổi này đã hủy."))


def _stand(meeting: Meeting, marks: Sequence[Mark]) -> None:
    """The mark made last stands, whenever it arrives; a person's over one reckoned online."""
    newest: dict[int, Mark] = {}
    for one in marks:
        last = newest.get(one.member_id)
        if last is None or one.made_at >= last.made_at:
            newest[one.member_id] = one
    standing = {
        row.member_id: row
        for row in Presence.objects.filter(meeting=meeting, member__in=list(newest))
    }
    fresh, changed = [], []
    for member, one in newest.items():
        row = standing.get(member)
        if row is None:
            fresh.append(_presence(Presence(meeting=meeting, member_id=member), one))
        elif attending.outweighs(one.evidence, one.made_at, row.evidence, row.made_at):
            changed.append(_presence(row, one))
    Presence.objects.bulk_create(fresh, batch_size=500)
    Presence.objects.bulk_update(changed, ["standing", "evidence", "made_at"], batch_size=500)


def _presence(row: Presence, one: Mark) -> Presence:
    row.standing, row.evidence, row.made_at = one.standing, one.evidence, one.made_at
    return row
