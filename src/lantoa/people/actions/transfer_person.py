from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel.text import clean, fold
from lantoa.people.models import Person, Post, Unit
from lantoa.people.rules.persons import PersonRefused


@transaction.atomic
def transfer_person(
    *, actor: User | None, person: Person, unit: Unit, title: str, on_date: date
) -> Post:
    """Move a person to a unit (or to another title in the same one) from a day on. The post they
    leave stays in their history. The caller has seen to it that both units are in reach.

    Raises PersonRefused for somebody who has left, a unit that has ended, or a day before the
    present post began.
    """
    if person.left_on is not None:
        raise PersonRefused(_("Người này đã thôi việc. Hãy ghi trở lại làm việc trước khi chuyển."))
    if unit.ended_on is not None:
        raise PersonRefused(_("Đơn vị này đã hết hiệu lực."), "unit")
    left = Post.objects.filter(person=person, unit_id=person.unit_id, until=None)
    if left.filter(since__gt=on_date).exists():
        raise PersonRefused(_("Ngày chuyển phải sau ngày bắt đầu vị trí hiện nay."), "on_date")
    left.filter(Q(since=None) | Q(since__lte=on_date)).update(until=on_date)
    from_unit, person.unit, person.title = person.unit_id, unit, clean(title)
    person.title_key = fold(person.title)[:150]
    person.save(update_fields=["unit", "title", "title_key"])
    post = Post.objects.create(person=person, unit=unit, title=person.title, since=on_date)
    record(
        actor=actor,
        action="people.transfer_person",
        on=person,
        data={"from": from_unit, "to": unit.pk, "on": str(on_date)},
    )
    return post
