"""What follows from finishing, and the odd cases: certificates, one revoked; people who left; what
the demo learner is told; whose installation this is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from lantoa.accounts.actions import issue_activation_codes
from lantoa.accounts.models import User
from lantoa.certificates.actions.issue import issue_certificates
from lantoa.certificates.actions.revoke import revoke_certificate
from lantoa.certificates.actions.tell import tell_holder
from lantoa.certificates.models import Certificate
from lantoa.certificates.queries import certificates_of
from lantoa.demo import cast
from lantoa.demo.rules.fates import Fate
from lantoa.demo.rules.moments import morning
from lantoa.demo.stage import Campaign, Stage
from lantoa.installation.actions import change_agency
from lantoa.kernel import clock
from lantoa.kernel.clock import VIETNAM
from lantoa.notices.actions import notify
from lantoa.people.actions.close_person import close_person
from lantoa.programmes.models import Enrolment

LEFT = 2


def certify(stage: Stage, completed: Sequence[int]) -> None:
    """Day by day, so that the register runs in the order of completion."""
    moments: dict[date, list[tuple[datetime, int]]] = defaultdict(list)
    for start in range(0, len(completed), 400):
        rows = Enrolment.objects.filter(pk__in=completed[start : start + 400])
        for pk, at in rows.values_list("pk", "completed_at"):
            assert at is not None
            moments[at.astimezone(VIETNAM).date()].append((at, pk))
    for day in sorted(moments):
        last = max(at for at, _ in moments[day])
        with clock.fixed(last):
            issue_certificates(enrolment_ids=[pk for _, pk in moments[day]], actor=None, at=last)


@transaction.atomic
def revoke_one(stage: Stage) -> None:
    mine = [person.pk for person in stage.cast.values()]
    certificate = (
        Certificate.objects.exclude(enrolment__person__in=mine).order_by("register_number").first()
    )
    if certificate is not None:
        revoke_certificate(
            certificate=certificate,
            reason="Cấp nhầm do trùng họ tên, đã cấp lại cho đúng người (minh họa)",
            actor=stage.user(cast.COORDINATOR.key),
        )


@transaction.atomic
def let_some_leave(stage: Stage) -> None:
    """They had begun; their record stays."""
    mine = {person.pk for person in stage.cast.values()}
    leaving = [
        one.person
        for one in stage.people
        if one.fate is Fate.HALF_WAY and one.in_main and one.person.pk not in mine
    ]
    for person in leaving[-LEFT:]:
        left_on = stage.moments.today - timedelta(days=1)
        close_person(actor=stage.user(cast.COORDINATOR.key), person=person, left_on=left_on)


@transaction.atomic
def tell_the_certified(stage: Stage) -> None:
    """Of the cast: thousands of others would only fill the table."""
    person = stage.cast[cast.COMMUNE_COORDINATOR.key]
    for certificate in certificates_of(person):
        with clock.fixed(certificate.issued_at):
            tell_holder(certificate=certificate)


@transaction.atomic
def tell_the_learner(stage: Stage, campaign: Campaign) -> None:
    learner, closes = stage.user(cast.LEARNER.key), stage.moments.closes
    when = f"{closes:%d/%m/%Y}"
    told: list[tuple[datetime, str, str, str, str]] = [
        (
            stage.moments.enrolled,
            f"enrolled:{campaign.main.pk}",
            f"Anh/chị được ghi danh vào {campaign.main.name}",
            f"{campaign.programme.title}. Học đến hết ngày {when}.",
            reverse("home"),
        ),
        (
            morning(stage.moments.today - timedelta(days=1)),
            f"due_soon:{campaign.main.pk}",
            f"Hạn hoàn thành: {when}",
            "Học xong các chuyên đề thì bài kiểm tra cuối khóa mở ngay.",
            reverse("home"),
        ),
    ]
    for at, cause, title, body, url in told:
        with clock.fixed(at):
            notify(users=[learner], cause=cause, title=title, body=body, url=url)


def sign_over(stage: Stage) -> None:
    """Whose installation this is: invented."""
    change_agency(
        actor=None,
        agency_name="Sở Khoa học và Công nghệ tỉnh Thái Nguyên (minh họa)",
        responsible_person="Ông Trần Quang Huy, Phó Trưởng phòng Chuyển đổi số (minh họa)",
        help_contact="0208 000 0000, hotro@lantoa.example (giờ hành chính)",
    )


def waiting_code(user: User) -> str:
    """A fresh activation code of the one who waits; "" once they have activated their account."""
    if user.activated_at is not None:
        return ""
    return issue_activation_codes(users=[user], actor=None).get(user.pk, "")
