"""The group-commit writer's interface (architecture: the hot path).

A writer takes small rows and returns only when they are on disk. On exam day one writer per process
gathers what many requests have pending into one transaction; until that many come at once,
`DirectWriter` writes at the end of the caller's own transaction. Callers know only `Writer`, so one
takes the place of the other without their noticing.
"""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

Asked = TypeVar("Asked", contravariant=True)
Row = TypeVar("Row")


class Writer(Protocol[Asked]):
    def write(self, rows: Sequence[Asked]) -> None:
        """Return when every row is durable with the transaction around it; raise when none is."""


class DirectWriter(Generic[Row]):
    def __init__(self, commit: Callable[[Sequence[Row]], object]) -> None:
        self._commit = commit

    def write(self, rows: Sequence[Row]) -> None:
        if rows:
            self._commit(rows)
