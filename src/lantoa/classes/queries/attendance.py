"""Who was at which meeting, and how much each attended."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from lantoa.classes.models import Dispute, Meeting, Member, Presence, TrainingClass
from lantoa.classes.models.attendance import Standing
from lantoa.classes.rules.attending import HERE, Attended, attended
from lantoa.kernel import clock


def held_of(training_class: TrainingClass) -> list[Meeting]:
    """Meetings that have begun and weren't cancelled."""
    held = training_class.meetings.filter(cancelled_at=None, starts_at__lte=clock.now())
    return list(held.order_by("starts_at"))


def standings_of(
    meetings: Sequence[Meeting], members: Iterable[int] | None = None
) -> dict[int, dict[int, str]]:
    """Member → meeting → what stands."""
    rows = Presence.objects.filter(meeting__in=meetings)
    if members is not None:
        rows = rows.filter(member__in=members)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for member, meeting, standing in rows.values_list("member_id", "meeting_id", "standing"):
        found[member][meeting] = standing
    return found


def attended_by(
    training_class: TrainingClass, members: Iterable[int] | None = None
) -> dict[int, Attended]:
    """Of each member (all of them where none are named)."""
    meetings = held_of(training_class)
    held = {meeting.pk: meeting.periods for meeting in meetings}
    found = standings_of(meetings, members)
    wanted = members
    if wanted is None:
        wanted = training_class.members.filter(left_at=None).values_list("pk", flat=True)
    return {member: attended(held, found.get(member, {})) for member in wanted}


@dataclass(frozen=True)
class RollRow:
    member: Member
    standing: str  # "": nobody has said

    @property
    def label(self) -> str:
        return str(Standing(self.standing).label) if self.standing else ""


def roll_of(meeting: Meeting, members: Iterable[Member]) -> list[RollRow]:
    rows = list(members)
    stood = dict(
        Presence.objects.filter(meeting=meeting, member__in=[m.pk for m in rows]).values_list(
            "member_id", "standing"
        )
    )
    return [RollRow(member, stood.get(member.pk, "")) for member in rows]


def counts_at(meetings: Iterable[Meeting]) -> dict[int, dict[str, int]]:
    """Meeting → how many were there, and how many stand as absent."""
    there = Count("pk", filter=Q(standing__in=HERE, member__left_at=None))
    missing = Count("pk", filter=~Q(standing__in=HERE) & Q(member__left_at=None))
    rows = Presence.objects.filter(meeting__in=list(meetings)).values("meeting").order_by()
    return {
        row["meeting"]: {"here": row["here"], "absent": row["absent"]}
        for row in rows.annotate(here=there, absent=missing)
    }


def disputes_waiting(training_class: TrainingClass) -> QuerySet[Dispute]:
    return (
        Dispute.objects.filter(meeting__training_class=training_class, decided_at=None)
        .select_related("meeting", "member__enrolment__person")
        .order_by("at")
    )
