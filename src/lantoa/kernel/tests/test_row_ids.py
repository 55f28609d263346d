import pytest

from lantoa.kernel.row_ids import row_id, row_ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17", 17),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", None),
        ("9" * 5000, None),
        *((odd, None) for odd in ("", None, "0", "-1", "²", "٣", " 7", "1.0", "1e3", "\0")),
    ],
)
def test_only_what_can_be_an_id_is_one(text: str | None, expected: int | None) -> None:
    assert row_id(text) == expected


def test_the_others_are_left_out() -> None:
    assert row_ids(["3", "x", "1"]) == [3, 1]
