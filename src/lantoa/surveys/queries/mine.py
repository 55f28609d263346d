"""One's own invitations; nobody else's exist."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.surveys.models import Invitation


def invitations_of(user: User) -> QuerySet[Invitation]:
    """Newest first, those answered and those that are over too."""
    found = Invitation.objects.filter(person__user=user.pk, survey__opens_at__lte=clock.now())
    return found.select_related("survey__questionnaire").order_by("-survey__opens_at", "-pk")


def invitation_of(user: User, survey: int) -> Invitation:
    """Raises Http404."""
    return get_object_or_404(invitations_of(user), survey=survey)
