"""The group-commit writer's interface (design: hot path).

A writer takes small rows from many requests and puts what is pending into one transaction; a caller
goes on only when its row is on disk. `Writer` says what callers may rely on; `DirectWriter` commits
each batch at once in the caller's own transaction and is what low-rate callers use.
"""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

Row = TypeVar("Row", contravariant=True)
T = TypeVar("T")


class Writer(Protocol[Row]):
    def write(self, rows: Sequence[Row]) -> None:
        """Return when every row is durable; raise when none is."""


class DirectWriter(Generic[T]):
    def __init__(self, commit: Callable[[Sequence[T]], object]) -> None:
        self._commit = commit

    def write(self, rows: Sequence[T]) -> None:
        if rows:
            self._commit(rows)
