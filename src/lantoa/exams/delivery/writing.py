"""The batch as the writer's thread commits it, on a database connection of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import DatabaseError, connection, reset_queries, transaction

from lantoa.exams.delivery.batch import take
from lantoa.exams.delivery.operations import Operation, Outcome


@contextmanager
def turn() -> Iterator[None]:
    """When it is left all that was written is on disk. Raises DatabaseError when nothing is (disk
    full, database gone); the next begins with a fresh connection."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError:
        connection.close()
        raise
    finally:
        reset_queries()


def committed(operations: Sequence[Operation]) -> list[Outcome]:
    """Taken in a turn of their own."""
    with turn():
        return take(operations)
