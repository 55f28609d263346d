"""Django's SQLite with an orderly queue of writers.

SQLite lets one transaction write at a time, and its own waiting is a poll with growing pauses: with
several processes writing, the unlucky wait for hundreds of milliseconds. Here every write
transaction first takes a lock on a file beside the database, for which the kernel keeps a queue.
"""

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    _lock: int | None = None

    def _lock_path(self) -> str | None:
        name = str(self.settings_dict["NAME"])
        in_memory = not name or ":memory:" in name or "mode=memory" in name
        return None if in_memory else f"{name}.queue"

    def _start_transaction_under_autocommit(self) -> None:
        self._wait_for_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn_on()
            raise

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc]
        self._give_turn_on()
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn_on()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._give_turn_on()

    def _wait_for_turn(self) -> None:
        path = self._lock_path()
        if path is None or self._lock is not None:
            return
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        fcntl.flock(handle, fcntl.LOCK_EX)
        self._lock = handle

    def _give_turn_on(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
