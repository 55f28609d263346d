"""The batch as the writer's thread commits it, on a database connection of its own."""

from collections.abc import Sequence

from django.db import DatabaseError, connection, reset_queries

from lantoa.exams.delivery.batch import commit
from lantoa.exams.delivery.operations import Operation, Outcome


def committed(operations: Sequence[Operation]) -> list[Outcome]:
    """Raises DatabaseError when nothing of it is on disk (disk full, database gone); the next batch
    begins with a fresh connection."""
    try:
        return commit(operations)
    except DatabaseError:
        connection.close()
        raise
    finally:
        reset_queries()
