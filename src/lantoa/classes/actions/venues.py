from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.models import Venue
from lantoa.kernel import clock
from lantoa.kernel.text import clean
from lantoa.people.models import Unit


@transaction.atomic
def create_venue(*, actor: User | None, unit: Unit, fields: Mapping[str, Any]) -> Venue:
    """`fields`: name, address, seats, zone, latitude, longitude. ValidationError by field."""
    venue = _filled(Venue(unit=unit), fields)
    venue.save()
    record(actor=actor, action="classes.create_venue", on=venue)
    return venue


@transaction.atomic
def change_venue(*, actor: User | None, venue: Venue, fields: Mapping[str, Any]) -> Venue:
    locked = Venue.objects.select_for_update().get(pk=venue.pk)
    _filled(locked, fields).save()
    record(actor=actor, action="classes.change_venue", on=locked)
    return locked


@transaction.atomic
def close_venue(*, actor: User | None, venue: Venue) -> None:
    """No class is put there any more; what was held there stays."""
    if Venue.objects.filter(pk=venue.pk, closed_at=None).update(closed_at=clock.now()):
        record(actor=actor, action="classes.close_venue", on=venue)


def _filled(venue: Venue, fields: Mapping[str, Any]) -> Venue:
    for name, value in fields.items():
        setattr(venue, name, clean(value) if isinstance(value, str) else value)
    if not venue.name:
        raise ValidationError({"name": _("Hãy nhập tên địa điểm.")})
    if (venue.latitude is None) != (venue.longitude is None):
        raise ValidationError(
            {"longitude": _("Hãy nhập cả vĩ độ và kinh độ, hoặc bỏ trống cả hai.")}
        )
    same = Venue.objects.filter(unit=venue.unit_id, name=venue.name).exclude(pk=venue.pk)
    if same.exists():
        raise ValidationError({"name": _("Đơn vị đã có địa điểm tên này.")})
    return venue
