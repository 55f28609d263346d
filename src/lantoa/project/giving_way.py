"""Pages give way to exams: a thread that makes a page holds the interpreter, and with two of them
whoever saves an answer waits twice."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

Application = Callable[[Any, Any], Iterable[bytes]]


class GivingWay:
    """Django's pages, one at a time in this process while `is_busy` says that candidates are saving
    in it. What a page answers is sent on by the event loop and holds up nobody."""

    def __init__(self, application: Application, is_busy: Callable[[], bool]) -> None:
        self._application = application
        self._is_busy = is_busy
        self._turn = Lock()

    def __call__(self, environ: Any, start: Any) -> Iterable[bytes]:
        if not self._is_busy():
            return self._application(environ, start)
        with self._turn:
            return self._application(environ, start)
