"""Pages are made one at a time while candidates are saving, and side by side otherwise."""

from collections.abc import Callable, Iterable
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest

from lantoa.project.giving_way import GivingWay


@pytest.mark.parametrize(("busy", "together"), [(True, 0), (False, 2)])
def test_two_pages_meet_only_while_nobody_saves(busy: bool, together: int) -> None:
    meeting = Barrier(2)
    met: list[int] = []

    def page(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        try:
            met.append(meeting.wait(0.3))
        except BrokenBarrierError:
            meeting.reset()
        return [b"page"]

    pages = GivingWay(page, lambda: busy)
    threads = [Thread(target=pages, args=({}, print)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(met) == together
