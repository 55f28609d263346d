"""Answers that came late or from a device that had been fenced off, with what the server knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from lantoa.exams.delivery.state import moment, paper_of
from lantoa.exams.models import Answer, LateAnswer, Result, Sitting
from lantoa.exams.queries.responses import response_words
from lantoa.exams.queries.scored import bundle_of
from lantoa.kernel import clock

LOOKED_BACK = timedelta(days=7)

FILTERS = {
    "open": Q(decided_at__isnull=True),
    "counts": Q(counts=True),
    "not": Q(counts=False),
}


def late_in(sitting: Sitting, state: str = "") -> QuerySet[LateAnswer]:
    """The caller has authorised the sitting; attempt by attempt in the order of arrival."""
    return (
        LateAnswer.objects.filter(FILTERS.get(state, Q()), attempt__sitting=sitting)
        .select_related("attempt__candidate__person", "attempt__candidate__unit")
        .order_by("attempt__candidate__number", "attempt", "received_ms", "id")
    )


def undecided(sitting: Sitting) -> int:
    return late_in(sitting, "open").count()


@dataclass(frozen=True)
class LateRow:
    """`said` and `instead_of` (the answer that counts without it; empty: none) in words."""

    late: LateAnswer
    said: str
    instead_of: str

    @property
    def number(self) -> int:
        return self.late.slot + 1

    @property
    def received_at(self) -> datetime:
        return moment(self.late.received_ms)

    @property
    def claimed_at(self) -> datetime | None:
        return _moment(self.late.claimed_ms)

    @property
    def contact_at(self) -> datetime | None:
        return _moment(self.late.contact_ms)

    @property
    def late_seconds(self) -> int | None:
        """After the deadline; None: before it (from a fenced device)."""
        deadline = self.late.attempt.deadline_at
        after = (self.received_at - deadline).total_seconds() if deadline else 0
        return int(after) if after > 0 else None

    @property
    def silent_seconds(self) -> int | None:
        """How long the server had not heard of the device when this came."""
        if self.late.contact_ms is None:
            return None
        return max(0, (self.late.received_ms - self.late.contact_ms) // 1000)

    @property
    def claims_in_time(self) -> bool:
        deadline = self.late.attempt.deadline_at
        return bool(self.claimed_at and deadline and self.claimed_at <= deadline)


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else moment(milliseconds)


def rows_of(late: list[LateAnswer]) -> list[LateRow]:
    """Two queries, however many."""
    attempts = {one.attempt_id for one in late}
    saved = Answer.objects.filter(attempt__in=attempts, slot__in={one.slot for one in late})
    now = {
        (attempt, slot): text
        for attempt, slot, text in saved.order_by("sequence").values_list(
            "attempt_id", "slot", "response"
        )
    }
    return [LateRow(one, *_words(one, now.get((one.attempt_id, one.slot)))) for one in late]


def _words(late: LateAnswer, instead_of: str | None) -> tuple[str, str]:
    bundle = bundle_of(late.attempt.bundle_id)
    place = paper_of(bundle, late.attempt.seed)[late.slot]
    return (
        response_words(bundle, place, late.response),
        "" if instead_of is None else response_words(bundle, place, instead_of),
    )


def counted_since() -> list[int]:
    """Attempts whose result was scored without a late answer that counts, of the last days. A
    result says how many it was scored with; nothing else makes them equal."""
    since = clock.now() - LOOKED_BACK
    recent = LateAnswer.objects.filter(
        counts=True, decided_at__gte=since, attempt__result__isnull=False
    )
    counting = (
        LateAnswer.objects.filter(counts=True, attempt__in=recent.values("attempt"))
        .order_by()
        .values_list("attempt")
        .annotate(n=Count("pk"))
    )
    counted = dict(counting)
    results = Result.objects.filter(attempt__in=recent.values("attempt"))
    return [
        attempt
        for attempt, detail in results.values_list("attempt_id", "detail")
        if detail.get("late", 0) != counted.get(attempt, 0)
    ]
