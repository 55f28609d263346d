"""Statements of the hot path. A batch of any size is a handful of statements: each row by a
prepared one (SQLite), or all rows as one JSON text (PostgreSQL, where the rows read are also
locked, always in the same order, so that two processes wait for each other, never crosswise)."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db.backends.base.base import BaseDatabaseWrapper

Values = Sequence[Any]
_encode = msgspec.json.Encoder().encode

_TIMES = ("started_at", "deadline_at", "paused_at", "seen_at", "submitted_at")
_BEFORE = "a.id, a.public_id, a.sitting_id, a.candidate_id, a.bundle_id, a.seed, a.epoch"
_AFTER = "a.head, a.saves, a.last_sequence, a.answered"


def _columns(time: str) -> str:
    times = ", ".join(time.format(name) for name in _TIMES)
    return f"SELECT {_BEFORE}, {times}, {_AFTER} FROM exams_attempt a"  # noqa: S608


_ATTEMPTS = {
    "sqlite": _columns("a.{}") + " WHERE a.id IN (SELECT value FROM json_each(%s))",  # noqa: S608
    # Milliseconds: a driver's datetimes cost more than everything else of a row.
    "postgresql": _columns("(extract(epoch FROM a.{}) * 1000)::bigint")
    + " WHERE a.id = ANY(%s::bigint[]) ORDER BY a.id FOR UPDATE OF a",
}

_ANSWER = "attempt_id, sequence, slot, response, received_ms, spent_ms, hash"
_INSERT = {
    "sqlite": f"INSERT INTO exams_answer ({_ANSWER}) VALUES (%s, %s, %s, %s, %s, %s, %s)",  # noqa: S608
    "postgresql": f"INSERT INTO exams_answer ({_ANSWER})"  # noqa: S608
    " SELECT a, b, c, d, e, f, decode(g, 'hex') FROM json_to_recordset(%s)"
    " AS v(a bigint, b int, c smallint, d text, e bigint, f int, g text)",
}

# The ids are given once more by themselves: a JSON text is taken for a hundred rows of unknown
# ids, for which PostgreSQL reads the whole table of attempts.
_PROGRESS = {
    "sqlite": "UPDATE exams_attempt SET seen_at = %s, head = %s, saves = %s, last_sequence = %s,"
    " answered = %s WHERE id = %s",
    "postgresql": "UPDATE exams_attempt SET seen_at = a, head = decode(b, 'hex'), saves = c,"
    " last_sequence = d, answered = decode(e, 'hex') FROM json_to_recordset(%s)"
    " AS v(a timestamptz, b text, c int, d int, e text, f bigint)"
    " WHERE id = f AND id = ANY(%s::bigint[])",
}

_STATE = {
    "sqlite": "UPDATE exams_attempt SET epoch = %s, started_at = %s, deadline_at = %s,"
    " submitted_at = %s, head = %s, move_allowed_at = NULL WHERE id = %s",
    "postgresql": "UPDATE exams_attempt SET epoch = a, started_at = b, deadline_at = c,"
    " submitted_at = d, head = decode(e, 'hex'), move_allowed_at = NULL"
    " FROM json_to_recordset(%s)"
    " AS v(a smallint, b timestamptz, c timestamptz, d timestamptz, e text, f bigint)"
    " WHERE id = f AND id = ANY(%s::bigint[])",
}

NUMBERED = """SELECT c.id, c.code_hash, c.locked_at, c.failures, c.sitting_id, r.networks,
  (SELECT a.id FROM exams_attempt a WHERE a.candidate_id = c.id ORDER BY a.number DESC LIMIT 1)
FROM exams_candidate c JOIN exams_sitting s ON s.id = c.sitting_id
  JOIN exams_exam e ON e.id = s.exam_id LEFT JOIN exams_room r ON r.id = c.room_id
WHERE c.number = %s AND c.code_hash <> '' AND c.withdrawn_at IS NULL AND s.closes_at > %s
  AND e.entry = 'code' ORDER BY s.opens_at"""

_LOG = (
    "SELECT sequence, slot, response, received_ms, spent_ms, hash FROM exams_answer"
    " WHERE attempt_id = %s ORDER BY id"
)
_COUNTING_LATE = (
    "SELECT slot, response FROM exams_lateanswer WHERE attempt_id = %s AND counts"
    " ORDER BY received_ms, id"
)
_SITS = (
    "SELECT p.family_name, p.middle_name, p.given_name, c.number, r.name, c.seat, c.extra_minutes"
    " FROM exams_candidate c JOIN people_person p ON p.id = c.person_id"
    " LEFT JOIN exams_room r ON r.id = c.room_id WHERE c.id = %s"
)
_ADMITTED = (
    "SELECT c.extra_minutes, c.withdrawn_at, r.networks FROM exams_candidate c"
    " LEFT JOIN exams_room r ON r.id = c.room_id WHERE c.id = %s"
)
_SITTING = (
    "SELECT s.*, e.* FROM exams_sitting s JOIN exams_exam e ON e.id = s.exam_id WHERE s.id = %s"
)
_RESULT = (
    "SELECT points, points_possible, score, passed, waits_for_marks, detail FROM exams_result"
    " WHERE attempt_id = %s"
)
_SUBMISSIONS = (
    "INSERT INTO exams_submission (attempt_id, at, cause, head, saves) VALUES (%s, %s, %s, %s, %s)"
)
_RESULTS = (
    "INSERT INTO exams_result (attempt_id, points, points_possible, score, passed, waits_for_marks,"
    " detail, at, reported_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)

_COLUMN_NAMES = "abcdefghij"


def _ids(connection: BaseDatabaseWrapper, ids: Sequence[int]) -> str:
    listed = ",".join(map(str, ids))
    return f"{{{listed}}}" if connection.vendor == "postgresql" else f"[{listed}]"


def attempts(connection: BaseDatabaseWrapper, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_ATTEMPTS[connection.vendor], [_ids(connection, ids)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _all(connection: BaseDatabaseWrapper, statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def numbered(
    connection: BaseDatabaseWrapper, number: str, closing_after: Any
) -> list[tuple[Any, ...]]:
    """Candidates of this number who may come in with a code: id, code's hash, locked at, failures,
    sitting, the room's networks (JSON), newest attempt."""
    return _all(connection, NUMBERED, number, closing_after)


def log(connection: BaseDatabaseWrapper, attempt: int) -> list[tuple[Any, ...]]:
    return _all(connection, _LOG, attempt)


def counting_late(connection: BaseDatabaseWrapper, attempt: int) -> list[tuple[Any, ...]]:
    return _all(connection, _COUNTING_LATE, attempt)


def sits(connection: BaseDatabaseWrapper, candidate: int) -> tuple[Any, ...]:
    """Family, middle and given name, number, room, seat, extra minutes."""
    return _all(connection, _SITS, candidate)[0]


def admitted(connection: BaseDatabaseWrapper, candidate: int) -> tuple[Any, ...]:
    """Extra minutes, withdrawn at, the room's networks (JSON)."""
    return _all(connection, _ADMITTED, candidate)[0]


def sitting(connection: BaseDatabaseWrapper, pk: int) -> tuple[Any, ...]:
    """All of a sitting and its exam, to see whether either has changed."""
    return _all(connection, _SITTING, pk)[0]


def result(connection: BaseDatabaseWrapper, attempt: int) -> tuple[Any, ...] | None:
    return next(iter(_all(connection, _RESULT, attempt)), None)


def insert_submissions(connection: BaseDatabaseWrapper, rows: Sequence[Values]) -> None:
    _each(connection, _SUBMISSIONS, rows)


def insert_results(connection: BaseDatabaseWrapper, rows: Sequence[Values]) -> None:
    _each(connection, _RESULTS, rows)


def _each(connection: BaseDatabaseWrapper, statement: str, rows: Sequence[Values]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def insert_answers(connection: BaseDatabaseWrapper, rows: Sequence[Values]) -> None:
    _write(connection, _INSERT, rows)


def write_progress(connection: BaseDatabaseWrapper, rows: Sequence[Values]) -> None:
    _write(connection, _PROGRESS, rows, _ids(connection, [row[-1] for row in rows]))


def write_state(connection: BaseDatabaseWrapper, rows: Sequence[Values]) -> None:
    _write(connection, _STATE, rows, _ids(connection, [row[-1] for row in rows]))


def _write(
    connection: BaseDatabaseWrapper,
    statement: dict[str, str],
    rows: Sequence[Values],
    *ids: str,
) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            named = _encode([_named(row) for row in rows]).decode()
            cursor.execute(statement["postgresql"], [named, *ids])
        else:
            cursor.executemany(statement["sqlite"], rows)


def _named(row: Values) -> dict[str, Any]:
    """A row for `json_to_recordset`; bytes as hex digits."""
    values = (bytes(v).hex() if isinstance(v, (bytes, memoryview)) else v for v in row)
    return dict(zip(_COLUMN_NAMES, values, strict=False))
