"""Going into a meeting online, being seen there, and the marks that come of it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.actions.attendance import Statement, mark
from lantoa.classes.actions.classes import locked_open
from lantoa.classes.models import Entry, Mark, Meeting, Member, Presence, Stay, TrainingClass
from lantoa.classes.queries.online import seen_at
from lantoa.classes.rules import online
from lantoa.classes.rules.spans import Span
from lantoa.kernel import clock

JUDGED_WITHIN = timedelta(days=3)


@transaction.atomic
def enter(*, meeting: Meeting, member: Member) -> Entry:
    """A member goes in; the row is its own record. Raises ValidationError outside the hours."""
    check_door(meeting)
    now = clock.now()
    entry, _new = Entry.objects.get_or_create(
        meeting=meeting, member=member, defaults={"first_at": now, "last_at": now}
    )
    Entry.objects.filter(pk=entry.pk).update(last_at=now)
    see(meeting, [member.pk], Stay.Source.PAGE, now)
    return entry


@transaction.atomic
def pulse(*, meeting: Meeting, member: Member) -> bool:
    """The member's page is still open. False before they have gone in. However often it is told,
    time counts once. Raises ValidationError outside the hours."""
    check_door(meeting)
    entry = Entry.objects.select_for_update().filter(meeting=meeting, member=member).first()
    if entry is None:
        return False
    see(meeting, [member.pk], Stay.Source.PAGE, clock.now())
    return True


@transaction.atomic
def set_link(*, actor: User, meeting: Meeting, link: str) -> None:
    """Where this meeting is held, whatever its class says; empty: as the class. Raises
    ValidationError."""
    locked = locked_open(meeting.training_class)
    if link and not online.is_web_link(link):
        raise ValidationError({"link": _("Đường dẫn phải bắt đầu bằng https:// hoặc http://.")})
    Meeting.objects.filter(pk=meeting.pk).update(link=link)
    record(actor=actor, action="classes.set_link", on=locked, data={"meeting": meeting.pk})


@transaction.atomic
def judge(*, actor: User | None, meeting: Meeting) -> int:
    """Marks for whoever was there long enough and of whom nobody has said anything; how many. Those
    who weren't get none. Told twice, it marks once. Raises ValidationError: the class is over."""
    locked = locked_open(meeting.training_class)
    stood = dict(Presence.objects.filter(meeting=meeting).values_list("member_id", "standing"))
    reckoned = Presence.objects.filter(meeting=meeting, evidence=Mark.Evidence.ONLINE)
    open_still = set(reckoned.values_list("member_id", flat=True))
    statements = []
    members = locked.members.filter(left_at=None)
    for member, found in seen_at(meeting, members).items():
        standing = online.judged(
            found, meeting.span, share=locked.online_share, late_after=locked.late_after
        )
        before = stood.get(member.pk)
        if standing and standing != before and (before is None or member.pk in open_still):
            statements.append(_statement(member, standing, found))
    if statements:
        evidence = Mark.Evidence.ONLINE
        mark(actor=actor, meeting=meeting, statements=statements, evidence=evidence)
    return len(statements)


def judge_over(*, training_class: TrainingClass | None = None) -> int:
    """Meetings that are over and weren't read yet; how many people got a mark."""
    now = clock.now()
    due = Meeting.objects.filter(
        judged_at=None,
        cancelled_at=None,
        ends_at__lte=now,
        training_class__state=TrainingClass.State.OPEN,
        stays__isnull=False,
    )
    if training_class is not None:
        due = due.filter(training_class=training_class)
    else:
        due = due.filter(ends_at__gt=now - JUDGED_WITHIN)
    return sum(_judge_for_good(one) for one in due.select_related("training_class").distinct())


@transaction.atomic
def _judge_for_good(meeting: Meeting) -> int:
    claimed = Meeting.objects.filter(pk=meeting.pk, judged_at=None).update(judged_at=clock.now())
    try:
        return judge(actor=None, meeting=meeting) if claimed else 0
    except ValidationError:  # ended meanwhile, which has read it
        return 0


def _statement(member: Member, standing: str, found: online.Seen) -> Statement:
    words = {"minutes": found.minutes, "of": found.of_minutes, "percent": found.percent}
    note = _("Dự trực tuyến %(minutes)d trên %(of)d phút (%(percent)d%%)") % words
    key = f"online:{member.pk}:{standing}:{found.minutes}"
    return Statement(member, standing, key, clock.now(), note)


def check_door(meeting: Meeting) -> None:
    """Raises ValidationError."""
    if meeting.cancelled_at is not None:
        raise ValidationError(_("Buổi này đã hủy."))
    if not meeting.training_class.is_open:
        raise ValidationError(_("Lớp đã kết thúc hoặc đã hủy."))
    now = clock.now()
    if now > meeting.ends_at:
        raise ValidationError(_("Buổi học đã kết thúc."))
    if not online.is_open(meeting.span, now):
        raise ValidationError(_("Chưa đến giờ vào lớp: cửa mở trước giờ học 15 phút."))


def see(meeting: Meeting, members: Collection[int], source: str, at: datetime) -> None:
    """These members are in at that moment: their last spans reach until then, or new ones begin."""
    last: dict[int, Stay] = {}
    stays = Stay.objects.filter(meeting=meeting, member__in=members, source=source)
    for stay in stays.order_by("starts_at"):
        last[stay.member_id] = stay
    longer, fresh = [], []
    for member in members:
        before = last.get(member)
        span = online.extended(Span(before.starts_at, before.ends_at) if before else None, at)
        if span is None:
            continue
        if before is not None and span.starts == before.starts_at:
            longer.append(before.pk)
        else:
            fresh.append(
                Stay(meeting=meeting, member_id=member, source=source, starts_at=at, ends_at=at)
            )
    Stay.objects.filter(pk__in=longer).update(ends_at=at)
    Stay.objects.bulk_create(fresh, batch_size=500)
