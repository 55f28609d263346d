"""The attempts that a batch speaks of, read once, changed in memory, written once at its end."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from lantoa.exams import sql
from lantoa.exams.delivery.keys import corrections_of
from lantoa.exams.models import Sitting, Submission
from lantoa.exams.scoring import Corrections
from lantoa.items.models import Bundle
from lantoa.items.papers import Opened, Place, kept, opened


@lru_cache(maxsize=65_536)
def ms(moment: datetime | int | None) -> int | None:
    """Milliseconds since 1970 (or are so already); a database's naive time is UTC."""
    if moment is None or isinstance(moment, int):
        return moment
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


@lru_cache(maxsize=4096)
def _stored(vendor: str, milliseconds: int | None) -> Any:
    """As the database's driver takes it; most of a batch came in the same few milliseconds."""
    if milliseconds is None:
        return None
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(moment(milliseconds))


class Saved(NamedTuple):
    """A row of the log, as it is written and as the rules read it."""

    sequence: int
    slot: int
    response: str
    received_ms: int
    spent_ms: int | None
    hash: bytes


class ResultRow(NamedTuple):
    """A result as the row has it; points in hundredths."""

    points: int
    possible: int
    score: int
    passed: bool
    waits: bool
    slots: list[int | None]


class Row:
    """An attempt as the hot path needs it; times in milliseconds. What few operations ask for is
    made when they do."""

    __slots__ = (
        "_public_id", "_seen", "answered", "bundle", "candidate", "changed", "deadline", "epoch",
        "head", "last_sequence", "moved", "paused", "pk", "saves", "seed", "sitting", "started",
        "submitted", "touched",
    )  # fmt: skip

    def __init__(self, values: Sequence[Any]) -> None:
        (
            self.pk, self._public_id, self.sitting, self.candidate, self.bundle, self.seed,
            self.epoch, started, deadline, paused, self._seen, submitted,
            self.head, self.saves, self.last_sequence, self.answered,
        ) = values  # fmt: skip
        self.started, self.deadline, self.paused = ms(started), ms(deadline), ms(paused)
        self.submitted = ms(submitted)
        self.touched: int | None = None
        self.changed = self.moved = False

    @property
    def public_id(self) -> UUID:
        held = self._public_id
        return held if isinstance(held, UUID) else UUID(held)

    @property
    def seen(self) -> int | None:
        """When the server last heard of the attempt's device, this batch included."""
        return ms(self._seen) if self.touched is None else self.touched

    def touch(self, now_ms: int) -> None:
        """The candidate's device was heard of."""
        self.touched, self.changed = now_ms, True


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


_kept_sittings: dict[int, tuple[tuple[Any, ...], Sitting]] = {}


def _sitting_now(connection: BaseDatabaseWrapper, pk: int) -> Sitting:
    """Kept while its row and its exam's say the same: making the objects costs ten times that."""
    values = sql.sitting(connection, pk)
    held = _kept_sittings.get(pk)
    if held is None or held[0] != values:
        held = _kept_sittings[pk] = (values, Sitting.objects.select_related("exam").get(pk=pk))
    return held[1]


class Batch:
    def __init__(self, connection: BaseDatabaseWrapper, ids: Iterable[int]) -> None:
        self.connection = connection
        self.rows: dict[int, Row] = {}
        self.answers: list[tuple[Any, ...]] = []
        self._submitted: dict[int, tuple[Any, ...]] = {}
        self._scored: dict[int, tuple[Any, ...]] = {}
        self._outcomes: dict[int, ResultRow] = {}
        self._corrections: dict[int, Corrections] = {}
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

    def sitting(self, pk: int) -> Sitting:
        """With its exam; looked at anew in every batch, since it may have been paused or moved."""
        found = self._sittings.get(pk)
        if found is None:
            found = self._sittings[pk] = _sitting_now(self.connection, pk)
        return found

    def corrections(self, row: Row) -> Corrections:
        if row.bundle not in self._corrections:
            self._corrections[row.bundle] = corrections_of(row.bundle)
        return self._corrections[row.bundle]

    def answers_of(self, row: Row) -> list[Saved]:
        """The log of an attempt in the order of arrival, this batch's own saves included."""
        mine = [Saved(*values[1:]) for values in self.answers if values[0] == row.pk]
        return [*map(Saved._make, sql.log(self.connection, row.pk)), *mine]

    def append(self, row: Row, saved: Saved) -> None:
        self.answers.append((row.pk, *saved))

    def submit(self, row: Row, at: int, cause: str, outcome: ResultRow, detail: Any) -> None:
        """`at` in milliseconds. Whoever has nobody to be told to counts as told."""
        stored = self.stored(at)
        told = None if self.sitting(row.sitting).exam.requirement_id else stored
        self._submitted[row.pk] = (row.pk, stored, cause, row.head, row.saves)
        self._outcomes[row.pk] = outcome
        self._scored[row.pk] = (row.pk, *outcome[:5], json.dumps(detail), stored, told)
        row.submitted, row.moved = at, True

    def outcome(self, row: Row) -> ResultRow | None:
        if row.pk not in self._outcomes:
            found = sql.result(self.connection, row.pk)
            if found is None:
                return None
            detail = json.loads(found[5]) if isinstance(found[5], str) else found[5]
            self._outcomes[row.pk] = ResultRow._make((*found[:5], detail.get("slots", [])))
        return self._outcomes[row.pk]

    def submission(self, row: Row) -> tuple[str, int, bytes]:
        """Cause, saves, head: of this batch, or as it stands."""
        if (new := self._submitted.get(row.pk)) is not None:
            return new[2], new[4], new[3]
        there = Submission.objects.values_list("cause", "saves", "head").get(attempt=row.pk)
        return there[0], there[1], bytes(there[2])

    def stored(self, milliseconds: int) -> Any:
        return _stored(self.connection.vendor, milliseconds)

    def write(self) -> None:
        sql.insert_answers(self.connection, self.answers)
        sql.insert_submissions(self.connection, list(self._submitted.values()))
        sql.insert_results(self.connection, list(self._scored.values()))
        vendor = self.connection.vendor
        changed = [row for row in self.rows.values() if row.changed]
        sql.write_progress(
            self.connection,
            [
                (
                    _stored(vendor, row.seen), row.head, row.saves, row.last_sequence,
                    row.answered, row.pk,
                )
                for row in changed
            ],
        )  # fmt: skip
        sql.write_state(
            self.connection,
            [
                (
                    row.epoch, _stored(vendor, row.started), _stored(vendor, row.deadline),
                    _stored(vendor, row.submitted), row.head, row.pk,
                )
                for row in self.rows.values()
                if row.moved
            ],
        )  # fmt: skip
        for written in (self.answers, self._submitted, self._scored):
            written.clear()
        for row in self.rows.values():
            row.changed = row.moved = False
