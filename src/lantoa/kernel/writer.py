"""Group commit: many small writes, one transaction, one sync of the disk.

A writer's one thread takes what is pending, hands it to `commit`, and takes again; nothing lingers.
While the disk syncs the next batch gathers by itself, so that how many may write does not depend on
how fast the disk is. A caller goes on only when its own operation is durable.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Generic, TypeVar

Operation = TypeVar("Operation")
Outcome = TypeVar("Outcome")

log = logging.getLogger(__name__)

MOST_AT_ONCE = 512
"""Operations in one transaction: larger ones make everybody wait for little more throughput."""


class GroupWriter(Generic[Operation, Outcome]):
    """To be used from one event loop. `commit` runs in the writer's thread; it returns an outcome
    for each operation when all are durable, or raises when none is. `idle` runs there too, between
    batches that come after a pause (a database connection may have died meanwhile)."""

    def __init__(self, commit: Callable[[Sequence[Operation]], Sequence[Outcome]]) -> None:
        self._commit = commit
        self._pending: list[tuple[Operation, asyncio.Future[Outcome]]] = []
        self._busy = False
        self._work: SimpleQueue[list[tuple[Operation, asyncio.Future[Outcome]]]] = SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None

    def write(self, operation: Operation) -> "asyncio.Future[Outcome]":
        """Resolves when the operation is durable; raises what `commit` raised."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            threading.Thread(target=self._run, name="group-writer", daemon=True).start()
        future: asyncio.Future[Outcome] = self._loop.create_future()
        self._pending.append((operation, future))
        if not self._busy:
            self._hand_over()
        return future

    @property
    def waiting(self) -> int:
        return len(self._pending)

    def _hand_over(self) -> None:
        batch, self._pending = self._pending[:MOST_AT_ONCE], self._pending[MOST_AT_ONCE:]
        self._busy = True
        self._work.put(batch)

    def _run(self) -> None:
        assert self._loop is not None
        while True:
            batch = self._work.get()
            outcomes: Sequence[Outcome] | Exception
            try:
                outcomes = self._commit([operation for operation, _ in batch])
            except Exception as failure:
                log.exception("a batch was not written", extra={"operations": len(batch)})
                outcomes = failure
            try:
                self._loop.call_soon_threadsafe(self._done, batch, outcomes)
            except RuntimeError:  # the loop was closed: the process is going
                return

    def _done(
        self,
        batch: list[tuple[Operation, "asyncio.Future[Outcome]"]],
        outcomes: Sequence[Outcome] | Exception,
    ) -> None:
        self._busy = False
        if self._pending:
            self._hand_over()
        for place, (_, future) in enumerate(batch):
            if future.done():  # the client went away; what it asked for is written all the same
                continue
            if isinstance(outcomes, Exception):
                future.set_exception(outcomes)
            else:
                future.set_result(outcomes[place])
