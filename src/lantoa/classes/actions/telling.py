"""What members of a class are told, in the words of those who read them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.classes.models import Member, Proposal, TrainingClass
from lantoa.notices.actions import notify


def tell_members(training_class: TrainingClass, cause: str, title: str, body: str) -> None:
    """`title` holds %(class)s. Once per cause."""
    standing = training_class.members.filter(left_at=None)
    tell(standing, training_class, cause, title, body)


def tell(
    members: Iterable[Member], training_class: TrainingClass, cause: str, title: str, body: str
) -> None:
    """Those who have an account."""
    ids = [member.enrolment_id for member in members]
    users = User.objects.filter(person__enrolments__in=ids).distinct()
    notify(
        users=users,
        cause=f"classes.{cause}",
        title=title % {"class": training_class.name},
        body=body,
        url=reverse("classes:mine"),
    )


def tell_placed(proposal: Proposal) -> None:
    """Once, of however many classes somebody was put into."""
    placed = {pk for one in proposal.outcome["classes"] for pk in one["enrolments"]}
    notify(
        users=User.objects.filter(person__enrolments__in=sorted(placed)).distinct(),
        cause=f"classes.proposal:{proposal.pk}",
        title=_("Anh/chị đã được xếp lớp: %(cohort)s") % {"cohort": proposal.cohort.name},
        body=_("Lịch học và địa điểm ở trang Lớp của tôi."),
        url=reverse("classes:mine"),
    )
