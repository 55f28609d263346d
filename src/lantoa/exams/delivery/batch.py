"""One batch of operations in one transaction: read the attempts it speaks of, take the operations
in their order, write what changed. What one operation does wrong is its own outcome only."""

import logging
from collections.abc import Sequence

from django.db import connection, transaction

from lantoa.exams.delivery.entering import enter
from lantoa.exams.delivery.looking import look
from lantoa.exams.delivery.operations import (
    Enter,
    Look,
    Operation,
    Outcome,
    Refusal,
    Save,
    Start,
    Submit,
)
from lantoa.exams.delivery.saving import take_save
from lantoa.exams.delivery.starting import start
from lantoa.exams.delivery.state import Batch
from lantoa.exams.delivery.submitting import submit

log = logging.getLogger(__name__)


def commit(operations: Sequence[Operation]) -> list[Outcome]:
    """The outcome of each, in their order. When this returns all of it is on disk; when it raises,
    nothing is."""
    with transaction.atomic():
        return take(operations)


def take(operations: Sequence[Operation]) -> list[Outcome]:
    """The outcome of each, in their order, within the caller's transaction."""
    ids = [one.attempt for one in operations if not isinstance(one, Enter)]
    batch = Batch(connection, ids)
    outcomes = [_taken(batch, operation) for operation in operations]
    batch.write()
    return outcomes


def _taken(batch: Batch, operation: Operation) -> Outcome:
    try:
        return _take(batch, operation)
    except Exception as failure:
        # Of the operation alone: what the database itself refuses ends the batch at `write`.
        if not connection.connection or connection.needs_rollback:
            raise
        log.exception("an operation failed", extra={"operation": type(operation).__name__})
        return failure


def _take(batch: Batch, operation: Operation) -> Outcome:
    if isinstance(operation, Enter):
        return enter(batch, operation)
    row = batch.rows.get(operation.attempt)
    if row is None:
        return Refusal(404, "no_such_attempt")
    match operation:
        case Save():
            return take_save(batch, row, operation)
        case Look():
            return look(batch, row, operation)
        case Start():
            return start(batch, row, operation)
        case Submit():
            return submit(batch, row, operation)
