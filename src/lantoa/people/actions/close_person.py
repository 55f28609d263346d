from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lantoa.accounts.actions import close_account, reopen_account
from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.people.models import Person, Post, RoleGrant
from lantoa.people.permissions import may_recover
from lantoa.people.rules.persons import PersonRefused


@transaction.atomic
def close_person(*, actor: User | None, person: Person, left_on: date) -> None:
    """Somebody left: their post ends, their account closes, their roles are withdrawn. Everything
    they learned stays.

    Raises PersonRefused for a day in the future or before the present post began, or when the
    person holds a role beyond the actor's reach.
    """
    _check_day(person, left_on)
    if person.user is not None:
        if not may_recover(actor, person.user):
            raise PersonRefused(
                _("Người này giữ vai trò ngoài phạm vi của anh/chị. Hãy nhờ đầu mối cấp trên.")
            )
        close_account(user=person.user, actor=actor)
        RoleGrant.objects.filter(user=person.user, withdrawn_at=None).update(
            withdrawn_at=clock.now(), withdrawn_by_id=actor.pk if actor else None
        )
    ends = Q(since=None) | Q(since__lte=left_on)
    Post.objects.filter(ends, person=person, until=None).update(until=left_on)
    Post.objects.filter(person=person, until=None).delete()  # posts that would begin later
    person.left_on = left_on
    person.save(update_fields=["left_on"])
    record(actor=actor, action="people.close_person", on=person, data={"on": str(left_on)})


def _check_day(person: Person, left_on: date) -> None:
    today = clock.today()
    if left_on > today:
        raise PersonRefused(_("Ngày thôi việc không thể ở tương lai."), "left_on")
    begun = Post.objects.filter(person=person, until=None, since__lte=today, since__gt=left_on)
    if latest := begun.order_by("-since").first():
        assert latest.since is not None
        raise PersonRefused(
            _("Ngày thôi việc trước ngày bắt đầu vị trí hiện nay (%(day)s).")
            % {"day": f"{latest.since:%d/%m/%Y}"},
            "left_on",
        )


@transaction.atomic
def reopen_person(*, actor: User | None, person: Person) -> None:
    """Somebody came back to the unit they left. Roles are not given back by themselves."""
    if person.unit.ended_on is not None:
        raise PersonRefused(_("Đơn vị cũ đã hết hiệu lực; hãy chuyển người này sang đơn vị khác."))
    if person.user is not None:
        reopen_account(user=person.user, actor=actor)
    person.left_on = None
    person.save(update_fields=["left_on"])
    Post.objects.create(person=person, unit=person.unit, title=person.title, since=clock.today())
    record(actor=actor, action="people.reopen_person", on=person)
