from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel.text import clean
from lantoa.people.models import Unit
from lantoa.programmes.models import Cohort, Programme


def _check(name: str, opens_on: date, closes_on: date) -> None:
    if not name:
        raise ValidationError({"name": _("Hãy nhập tên đợt.")})
    if closes_on < opens_on:
        raise ValidationError({"closes_on": _("Ngày kết thúc phải từ ngày mở trở đi.")})


@transaction.atomic
def open_cohort(
    *,
    programme: Programme,
    unit: Unit,
    name: str,
    opens_on: date,
    closes_on: date,
    actor: User | None,
) -> Cohort:
    """Open a cohort of a programme for the people of a unit and below, in a window of whole days.

    Raises ValidationError by field, and without a field when the programme cannot be taken yet.
    """
    name = clean(name)
    _check(name, opens_on, closes_on)
    requirements = list(programme.requirements.select_related("course"))
    if not requirements:
        raise ValidationError(
            _("Chương trình chưa yêu cầu gì phải hoàn thành nên chưa mở đợt được.")
        )
    for requirement in requirements:
        course = requirement.course
        if course and not course.versions.filter(published_at__isnull=False).exists():
            raise ValidationError(
                _("Khóa học “%(course)s” chưa được xuất bản nên chưa mở đợt được.")
                % {"course": course.title}
            )
    cohort = Cohort.objects.create(
        programme=programme,
        unit=unit,
        name=name,
        opens_on=opens_on,
        closes_on=closes_on,
        created_by_id=actor.pk if actor else None,
    )
    record(
        actor=actor,
        action="programmes.open_cohort",
        on=cohort,
        data={
            "programme": programme.pk,
            "unit": unit.pk,
            "opens_on": opens_on.isoformat(),
            "closes_on": closes_on.isoformat(),
        },
    )
    return cohort


@transaction.atomic
def change_cohort(
    *, cohort: Cohort, name: str, opens_on: date, closes_on: date, actor: User | None
) -> Cohort:
    """Rename a cohort or move its window. Lateness follows the new window at once."""
    name = clean(name)
    _check(name, opens_on, closes_on)
    locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
    before = {"name": locked.name, "opens_on": locked.opens_on, "closes_on": locked.closes_on}
    locked.name, locked.opens_on, locked.closes_on = name, opens_on, closes_on
    locked.save(update_fields=["name", "opens_on", "closes_on"])
    record(
        actor=actor,
        action="programmes.change_cohort",
        on=locked,
        data={
            "before": {key: str(value) for key, value in before.items()},
            "opens_on": opens_on.isoformat(),
            "closes_on": closes_on.isoformat(),
        },
    )
    return locked
