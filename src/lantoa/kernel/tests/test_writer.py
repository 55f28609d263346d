from collections.abc import Sequence

import pytest

from lantoa.kernel.writer import DirectWriter


def test_rows_are_written_together_before_the_caller_goes_on() -> None:
    batches: list[Sequence[int]] = []
    DirectWriter(batches.append).write([1, 2])
    assert batches == [[1, 2]]


def test_nothing_pending_is_no_transaction() -> None:
    batches: list[Sequence[int]] = []
    DirectWriter(batches.append).write([])
    assert batches == []


def test_the_caller_hears_that_nothing_was_written() -> None:
    def full(rows: Sequence[int]) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        DirectWriter(full).write([1])
