import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from lantoa.kernel.writer import MOST_AT_ONCE, GroupWriter


def test_what_is_pending_while_the_disk_syncs_is_written_together() -> None:
    batches: list[Sequence[int]] = []
    first_is_out = threading.Event()
    disk_is_ready = threading.Event()

    def commit(rows: Sequence[int]) -> list[int]:
        batches.append(rows)
        first_is_out.set()
        assert disk_is_ready.wait(5)
        return [row * 10 for row in rows]

    async def story() -> list[int]:
        writer = GroupWriter(commit)
        futures = [writer.write(1)]
        await asyncio.to_thread(first_is_out.wait, 5)
        futures += [writer.write(row) for row in (2, 3, 4)]
        assert not any(future.done() for future in futures)
        assert writer.waiting == 3
        disk_is_ready.set()
        return await asyncio.gather(*futures)

    assert asyncio.run(story()) == [10, 20, 30, 40]
    assert batches == [[1], [2, 3, 4]]


def test_everybody_in_a_batch_hears_that_it_was_not_written_and_the_next_goes_on() -> None:
    tries = []

    def commit(rows: Sequence[int]) -> Sequence[int]:
        tries.append(rows)
        if len(tries) == 1:
            raise OSError("disk full")
        return rows

    async def story() -> None:
        writer = GroupWriter(commit)
        with pytest.raises(OSError, match="disk full"):
            await writer.write(1)
        assert await writer.write(2) == 2

    asyncio.run(story())


def test_a_batch_has_an_end() -> None:
    sizes: list[int] = []

    def commit(rows: Sequence[int]) -> Sequence[int]:
        sizes.append(len(rows))
        return rows

    async def story() -> None:
        writer = GroupWriter(commit)
        await asyncio.gather(*(writer.write(row) for row in range(MOST_AT_ONCE * 2 + 10)))

    asyncio.run(story())
    assert sum(sizes) == MOST_AT_ONCE * 2 + 10
    assert max(sizes) == MOST_AT_ONCE


def test_who_went_away_does_not_hurt_the_others() -> None:
    async def story() -> int:
        writer: GroupWriter[int, int] = GroupWriter(lambda rows: list(rows))
        gone, there = writer.write(1), writer.write(2)
        gone.cancel()
        return await there

    assert asyncio.run(story()) == 2


def test_what_arrives_while_others_have_the_turn_goes_along() -> None:
    batches: list[Sequence[int]] = []
    waits, is_ours = threading.Event(), threading.Event()

    @contextmanager
    def turn() -> Iterator[None]:
        waits.set()
        assert is_ours.wait(5)
        yield

    def commit(rows: Sequence[int]) -> Sequence[int]:
        batches.append(rows)
        return rows

    async def story() -> list[int]:
        writer = GroupWriter(commit, turn)
        futures = [writer.write(1)]
        await asyncio.to_thread(waits.wait, 5)
        futures += [writer.write(2), writer.write(3)]
        is_ours.set()
        return await asyncio.gather(*futures)

    assert asyncio.run(story()) == [1, 2, 3]
    assert batches == [[1, 2, 3]]


@pytest.mark.parametrize("fails", ["before", "after"])
def test_a_turn_that_fails_fails_the_batch_and_the_next_goes_on(fails: str) -> None:
    tries = []

    @contextmanager
    def turn() -> Iterator[None]:
        tries.append(1)
        if len(tries) == 1 and fails == "before":
            raise OSError("locked")
        yield
        if len(tries) == 1:
            raise OSError("disk full")

    async def story() -> None:
        writer: GroupWriter[int, int] = GroupWriter(lambda rows: list(rows), turn)
        with pytest.raises(OSError, match=r"locked|disk full"):
            await writer.write(1)
        assert writer.waiting == 0
        assert await writer.write(2) == 2

    asyncio.run(story())
