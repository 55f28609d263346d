"""Group commit: many small writes, one transaction, one sync of the disk.

A writer's one thread takes what is pending, hands it to `commit`, and takes again; nothing lingers.
While the disk syncs the next batch gathers by itself, so that how many may write does not depend on
how fast the disk is. A caller goes on only when its own operation is durable.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from queue import SimpleQueue
from typing import Generic, TypeVar

Operation = TypeVar("Operation")
Outcome = TypeVar("Outcome")

log = logging.getLogger(__name__)

MOST_AT_ONCE = 512
"""Operations in one transaction: larger ones make everybody wait for little more throughput."""


class GroupWriter(Generic[Operation, Outcome]):
    """To be used from one event loop. In the writer's own thread `turn` is entered, what is pending
    by then is taken and handed to `commit`, which returns an outcome for each operation; when
    `turn` is left all are durable, and where either raises, none is. Where other processes write
    too, entering waits for them, and whatever arrives meanwhile goes along."""

    def __init__(
        self,
        commit: Callable[[Sequence[Operation]], Sequence[Outcome]],
        turn: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._commit = commit
        self._turn = turn
        self._pending: list[tuple[Operation, asyncio.Future[Outcome]]] = []
        self._busy = False
        self._work: SimpleQueue[None] = SimpleQueue()
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
        self._busy = True
        self._work.put(None)

    def _run(self) -> None:
        assert self._loop is not None
        while True:
            self._work.get()
            batch, outcomes = self._written()
            try:
                self._loop.call_soon_threadsafe(self._done, batch, outcomes)
            except RuntimeError:  # the loop was closed: the process is going
                return

    def _written(
        self,
    ) -> tuple[list[tuple[Operation, "asyncio.Future[Outcome]"]], Sequence[Outcome] | Exception]:
        batch: list[tuple[Operation, asyncio.Future[Outcome]]] | None = None
        try:
            with self._turn():
                batch = self._take()
                outcomes = self._commit([operation for operation, _ in batch])
        except Exception as failure:
            batch = self._take() if batch is None else batch
            log.exception("a batch was not written", extra={"operations": len(batch)})
            return batch, failure
        return batch, outcomes

    def _take(self) -> list[tuple[Operation, "asyncio.Future[Outcome]"]]:
        """The loop only appends meanwhile, and nobody else takes."""
        batch = self._pending[:MOST_AT_ONCE]
        del self._pending[: len(batch)]
        return batch

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
