"""Statements of the hot path. A batch of any size is a handful of statements: rows go in as one
JSON array (SQLite) or as arrays (PostgreSQL, where the rows read are also locked, always in the
same order, so that two processes wait for each other and never crosswise)."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Values = Sequence[Any]

_COLUMNS = """
SELECT a.id, a.public_id, a.sitting_id, a.candidate_id, a.bundle_id, a.seed, a.epoch,
  a.started_at, a.deadline_at, a.paused_at, a.seen_at, a.submitted_at,
  a.head, a.saves, a.last_sequence, a.answered
FROM exams_attempt a
"""
_ATTEMPTS = {
    "sqlite": _COLUMNS + "WHERE a.id IN (SELECT value FROM json_each(%s))",  # noqa: S608
    "postgresql": _COLUMNS + "WHERE a.id = ANY(%s) ORDER BY a.id FOR UPDATE OF a",
}

_ANSWER = "attempt_id, sequence, slot, response, received_ms, spent_ms, hash"
_INSERT = {
    "sqlite": f"INSERT INTO exams_answer ({_ANSWER}) VALUES (%s, %s, %s, %s, %s, %s, %s)",  # noqa: S608
    "postgresql": f"INSERT INTO exams_answer ({_ANSWER}) SELECT * FROM unnest("  # noqa: S608
    "%s::bigint[], %s::int[], %s::smallint[], %s::text[], %s::bigint[], %s::int[], %s::bytea[])",
}

_PROGRESS = {
    "sqlite": "UPDATE exams_attempt SET seen_at = %s, head = %s, saves = %s, last_sequence = %s,"
    " answered = %s WHERE id = %s",
    "postgresql": "UPDATE exams_attempt SET seen_at = v.seen_at, head = v.head, saves = v.saves,"
    " last_sequence = v.last_sequence, answered = v.answered"
    " FROM unnest(%s::timestamptz[], %s::bytea[], %s::int[], %s::int[], %s::bytea[], %s::bigint[])"
    " AS v(seen_at, head, saves, last_sequence, answered, id) WHERE exams_attempt.id = v.id",
}

_STATE = {
    "sqlite": "UPDATE exams_attempt SET epoch = %s, started_at = %s, deadline_at = %s,"
    " submitted_at = %s, head = %s, move_allowed_at = NULL WHERE id = %s",
    "postgresql": "UPDATE exams_attempt SET epoch = v.epoch, started_at = v.started_at,"
    " deadline_at = v.deadline_at, submitted_at = v.submitted_at, head = v.head,"
    " move_allowed_at = NULL"
    " FROM unnest(%s::smallint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[],"
    " %s::bytea[], %s::bigint[])"
    " AS v(epoch, started_at, deadline_at, submitted_at, head, id) WHERE exams_attempt.id = v.id",
}


def _ids(connection: BaseDatabaseWrapper, ids: Sequence[int]) -> Any:
    return list(ids) if connection.vendor == "postgresql" else f"[{','.join(map(str, ids))}]"


def attempts(connection: BaseDatabaseWrapper, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_ATTEMPTS[connection.vendor], [_ids(connection, ids)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def insert_answers(connection: BaseDatabaseWrapper, rows: Sequence[Values]) -> None:
    _write(connection, _INSERT, rows)


def write_progress(connection: BaseDatabaseWrapper, rows: Sequence[Values]) -> None:
    _write(connection, _PROGRESS, rows)


def write_state(connection: BaseDatabaseWrapper, rows: Sequence[Values]) -> None:
    _write(connection, _STATE, rows)


def _write(
    connection: BaseDatabaseWrapper, statement: dict[str, str], rows: Sequence[Values]
) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                statement["postgresql"], [list(column) for column in zip(*rows, strict=True)]
            )
        else:
            cursor.executemany(statement["sqlite"], rows)
