"""The attempts that a batch speaks of, read once, changed in memory, written once at its end."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from lantoa.exams import sql
from lantoa.exams.models import Answer, Sitting
from lantoa.items.models import Bundle
from lantoa.items.papers import Opened, Place, kept, opened


def ms(moment: datetime | None) -> int | None:
    """Milliseconds since 1970; a database's naive time is UTC."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _stored(adapt: Callable[[datetime], Any], milliseconds: int | None) -> Any:
    return None if milliseconds is None else adapt(moment(milliseconds))


class Saved(NamedTuple):
    """A row of the log, as it is written and as the rules read it."""

    sequence: int
    slot: int
    response: str
    received_ms: int
    spent_ms: int | None
    hash: bytes


class Row:
    """An attempt as the hot path needs it; times in milliseconds."""

    __slots__ = (
        "answered", "bundle", "candidate", "changed", "deadline", "epoch", "head", "last_sequence",
        "moved", "paused", "pk", "public_id", "saves", "seed", "seen", "sitting", "started",
        "submitted",
    )  # fmt: skip

    def __init__(self, values: Sequence[Any]) -> None:
        (
            self.pk, public_id, self.sitting, self.candidate, self.bundle, self.seed, self.epoch,
            started, deadline, paused, seen, submitted,
            head, self.saves, self.last_sequence, answered,
        ) = values  # fmt: skip
        self.public_id = public_id if isinstance(public_id, UUID) else UUID(public_id)
        self.started, self.deadline, self.paused = ms(started), ms(deadline), ms(paused)
        self.seen, self.submitted = ms(seen), ms(submitted)
        self.head, self.answered = bytes(head), bytes(answered)
        self.changed = self.moved = False

    def touch(self, now_ms: int) -> None:
        """The candidate's device was heard of."""
        self.seen, self.changed = now_ms, True


_papers: dict[tuple[int, str, int], list[Place]] = {}
MOST_PAPERS = 30_000


def paper_of(bundle: Opened, seed: int) -> list[Place]:
    """The paper, kept: every save asks for it."""
    key = (bundle.pk, bundle.digest, seed)
    found = _papers.get(key)
    if found is None:
        if len(_papers) >= MOST_PAPERS:
            _papers.clear()
        found = _papers[key] = bundle.paper(seed)
    return found


class Batch:
    def __init__(self, connection: BaseDatabaseWrapper, ids: Iterable[int]) -> None:
        self.connection = connection
        self.rows: dict[int, Row] = {}
        self.answers: list[tuple[Any, ...]] = []
        self._sittings: dict[int, Sitting] = {}
        self.fetch(ids)

    def fetch(self, ids: Iterable[int]) -> None:
        wanted = sorted(set(ids) - self.rows.keys())
        if wanted:
            rows = map(Row, sql.attempts(self.connection, wanted))
            self.rows.update((row.pk, row) for row in rows)

    def bundle(self, row: Row) -> Opened:
        found = kept(row.bundle)
        if found is None:
            one = Bundle.objects.get(pk=row.bundle)
            found = opened(one.pk, one.digest, one.content)
        return found

    def paper(self, row: Row) -> list[Place]:
        return paper_of(self.bundle(row), row.seed)

    def sitting(self, row: Row) -> Sitting:
        """With its exam; read anew in every batch, since it may have been paused or moved."""
        found = self._sittings.get(row.sitting)
        if found is None:
            found = Sitting.objects.select_related("exam").get(pk=row.sitting)
            self._sittings[row.sitting] = found
        return found

    def answers_of(self, row: Row) -> list[Saved]:
        """The log of an attempt in the order of arrival, this batch's own saves included."""
        mine = [Saved(*values[1:]) for values in self.answers if values[0] == row.pk]
        there = Answer.objects.filter(attempt=row.pk).order_by("id").values_list(*Saved._fields)
        return [*map(Saved._make, there), *mine]

    def append(self, row: Row, saved: Saved) -> None:
        self.answers.append((row.pk, *saved))

    def write(self) -> None:
        sql.insert_answers(self.connection, self.answers)
        adapt = self.connection.ops.adapt_datetimefield_value
        changed = [row for row in self.rows.values() if row.changed]
        sql.write_progress(
            self.connection,
            [
                (
                    _stored(adapt, row.seen), row.head, row.saves, row.last_sequence,
                    row.answered, row.pk,
                )
                for row in changed
            ],
        )  # fmt: skip
        sql.write_state(
            self.connection,
            [
                (
                    row.epoch, _stored(adapt, row.started), _stored(adapt, row.deadline),
                    _stored(adapt, row.submitted), row.head, row.pk,
                )
                for row in self.rows.values()
                if row.moved
            ],
        )  # fmt: skip
        self.answers.clear()
        for row in self.rows.values():
            row.changed = row.moved = False
