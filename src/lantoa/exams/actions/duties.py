"""Who watches, marks and decides."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.models import Duty, Room, Sitting
from lantoa.kernel import clock
from lantoa.notices.actions import notify


@transaction.atomic
def give_duty(
    *, actor: User | None, sitting: Sitting, user: User, role: str, room: Room | None = None
) -> Duty:
    """An invigilator of no room watches them all. Raises NotNow."""
    if role != Duty.Role.INVIGILATOR:
        room = None
    if user.closed_at is not None:
        raise NotNow(_("Tài khoản của người này đã đóng."))
    if sitting.candidates.filter(person__user=user, withdrawn_at=None).exists():
        raise NotNow(_("Người này là thí sinh của chính ca thi."))
    held = sitting.duties.filter(user=user, role=role, room=room, withdrawn_at=None)
    if held.exists():
        raise NotNow(_("Người này đã được giao việc ấy rồi."))
    duty = Duty.objects.create(
        sitting=sitting, user=user, role=role, room=room, given_by_id=actor.pk if actor else None
    )
    data = {"duty": duty.pk, "user": user.pk, "role": role, "room": room.pk if room else None}
    record(actor=actor, action="exams.give_duty", on=sitting, data=data)
    # One notice a sitting: the page it opens lists every duty there.
    title = _("Anh/chị được giao việc trong kỳ thi %(name)s") % {"name": sitting.exam.title}
    cause = f"exams:duty:{sitting.pk}"
    notify(users=[user], cause=cause, title=title, url=reverse("exams:my_duties"))
    return duty


@transaction.atomic
def withdraw_duty(*, actor: User | None, duty: Duty) -> None:
    locked = Duty.objects.select_for_update().get(pk=duty.pk)
    if locked.withdrawn_at is not None:
        return
    locked.withdrawn_at = clock.now()
    locked.save(update_fields=["withdrawn_at"])
    data = {"duty": locked.pk, "user": locked.user_id, "role": locked.role}
    record(actor=actor, action="exams.withdraw_duty", on=locked.sitting, data=data)
