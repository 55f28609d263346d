"""Who may do what with a sitting. Examiners in reach see all of it; others only by a duty."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from lantoa.accounts.models import User
from lantoa.exams.models import Duty, Sitting
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import unit_ids_within

EXAMINERS = (RoleGrant.Role.EXAMINER,)


def duties_of(user: User | AnonymousUser, *roles: str) -> QuerySet[Duty]:
    """The user's duties that hold."""
    if not user.is_authenticated:
        return Duty.objects.none()
    return Duty.objects.filter(user=user.pk, role__in=roles, withdrawn_at__isnull=True)


def is_examiner(user: User | AnonymousUser, sitting: Sitting) -> bool:
    return unit_ids_within(user, *EXAMINERS).filter(unit_id=sitting.exam.unit_id).exists()


def _sittings() -> QuerySet[Sitting]:
    return Sitting.objects.select_related("exam__unit", "exam__cohort", "exam__blueprint")


def examined_by(user: User | AnonymousUser) -> QuerySet[Sitting]:
    return _sittings().filter(exam__unit_id__in=unit_ids_within(user, *EXAMINERS))


def council_sees(user: User | AnonymousUser) -> QuerySet[Sitting]:
    """Sittings whose results the user may look at before they are out."""
    mine = duties_of(user, Duty.Role.COUNCIL).values("sitting")
    return _sittings().filter(
        Q(exam__unit_id__in=unit_ids_within(user, *EXAMINERS)) | Q(pk__in=mine)
    )


def marked_by(user: User | AnonymousUser) -> QuerySet[Sitting]:
    return _sittings().filter(pk__in=duties_of(user, Duty.Role.MARKER).values("sitting"))


def council_decides(user: User | AnonymousUser) -> QuerySet[Sitting]:
    """Sittings in which the user takes the council's decisions: its members, and the examiners in
    reach where nobody was put on the council."""
    council = Duty.objects.filter(
        sitting=OuterRef("pk"), role=Duty.Role.COUNCIL, withdrawn_at__isnull=True
    )
    mine = duties_of(user, Duty.Role.COUNCIL).values("sitting")
    return _sittings().filter(
        Q(pk__in=mine) | (~Exists(council) & Q(exam__unit_id__in=unit_ids_within(user, *EXAMINERS)))
    )


def may_decide(user: User | AnonymousUser, sitting: Sitting) -> bool:
    return council_decides(user).filter(pk=sitting.pk).exists()
