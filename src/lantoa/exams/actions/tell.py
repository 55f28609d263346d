"""What candidates are told of: their results are out, their appeal is decided."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.exams.models import Appeal, Sitting
from lantoa.notices.actions import notify


def tell_released(*, sitting: Sitting) -> None:
    """Everybody who submitted and has an account; once for each release."""
    users = User.objects.filter(
        person__candidacies__attempts__sitting=sitting,
        person__candidacies__attempts__submitted_at__isnull=False,
    ).distinct()
    moment = int(sitting.released_at.timestamp()) if sitting.released_at else 0
    notify(
        users=users.iterator(chunk_size=2000),
        cause=f"exams.released:{sitting.pk}:{moment}",
        title=_("Đã có kết quả: %(name)s") % {"name": sitting.name},
        url=reverse("exams:take", args=[sitting.pk]),
    )


def tell_appeal(*, appeal: Appeal) -> None:
    user = appeal.attempt.candidate.person.user
    if user is not None:
        notify(
            users=[user],
            cause=f"exams.appeal:{appeal.pk}",
            title=_("Đơn phúc khảo đã được giải quyết"),
            body=f"{appeal.get_outcome_display()}. {appeal.note}",
            url=reverse("exams:result", args=[appeal.attempt.public_id]),
        )
