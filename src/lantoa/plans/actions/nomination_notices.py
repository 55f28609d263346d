"""Who is told of a list's steps: the coordinators of the unit that names, and of the one above."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.notices.actions import notify
from lantoa.people.models import RoleGrant, Unit
from lantoa.plans.models import NominationList


def tell_sent(names: NominationList, *, actor: User | None) -> None:
    parent = names.unit.parent
    title = _("%(unit)s đã gửi danh sách đề cử") % {"unit": names.unit.name}
    if parent is not None:
        _tell(names, parent, "sent", title, names.call.planned.cohort.name, actor)


def tell_returned(names: NominationList, *, actor: User | None) -> None:
    title = _("Danh sách đề cử của %(unit)s được trả lại để sửa") % {"unit": names.unit.name}
    _tell(names, names.unit, "returned", title, names.comment, actor)


def tell_decided(names: NominationList, approved: int, of: int, *, actor: User | None) -> None:
    title = _("Danh sách đề cử của %(unit)s đã duyệt: %(approved)d trên %(of)d người") % {
        "unit": names.unit.name, "approved": approved, "of": of
    }  # fmt: skip
    _tell(names, names.unit, "decided", title, names.comment, actor)


def _tell(
    names: NominationList, unit: Unit, step: str, title: str, body: str, actor: User | None
) -> None:
    """Those who coordinate the unit itself today; whoever took the step knows of it. A list that
    comes again is news again."""
    today = clock.today()
    held = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        unit=unit,
        role=RoleGrant.Role.COORDINATOR,
        starts_on__lte=today,
        withdrawn_at__isnull=True,
    )
    users = User.objects.filter(pk__in=held.values("user"), closed_at=None)
    notify(
        users=users.exclude(pk=actor.pk) if actor else users,
        cause=f"plans.names:{names.pk}:{step}:{clock.now().isoformat()}",
        title=title,
        body=body,
        url=reverse("plans:names", args=[names.call.planned.cohort_id, names.unit_id]),
    )
