from datetime import date

import pytest

from lantoa.providers.rules.stating import Stated, Unreadable, day_of, passed_of, score_of, stated


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Đạt", True), ("ĐẠT", True), ("x", True), ("Hoàn thành", True), ("1", True),
        ("Chưa đạt", False), ("không đạt", False), ("0", False), ("Trượt", False),
        ("", None), ("-", None), ("Vắng", None),
    ],
)  # fmt: skip
def test_words_of_results(text: str, meant: bool | None) -> None:
    assert passed_of(text) is meant


@pytest.mark.parametrize(
    ("text", "greatest", "percent"),
    [
        ("8,5", 10, 85), ("8.5", 10, 85), ("10", 10, 100), ("0", 10, 0), ("85%", 10, 85),
        ("17/20", 10, 85), ("8,45", 10, 85), ("8,44", 10, 84), ("72", 100, 72), ("", 10, None),
        ("2", 3, 67),
    ],
)  # fmt: skip
def test_points_become_per_cent(text: str, greatest: int, percent: int | None) -> None:
    assert score_of(text, greatest) == percent


@pytest.mark.parametrize(
    ("read", "code"),
    [
        (lambda: passed_of("tạm"), "passed_unread"),
        (lambda: score_of("tám", 10), "score_unread"),
        (lambda: score_of("-1", 10), "score_unread"),
        (lambda: score_of("11", 10), "score_above"),
        (lambda: score_of("101%", 10), "score_above"),
        (lambda: score_of("1/0", 10), "score_above"),
        (lambda: day_of("31/02/2026"), "day_unread"),
        (lambda: day_of("hôm qua"), "day_unread"),
    ],
)
def test_what_cannot_be_read_says_why(read: object, code: str) -> None:
    with pytest.raises(Unreadable) as why:
        read()  # type: ignore[operator]
    assert why.value.code == code


def test_days_as_people_and_systems_write_them() -> None:
    assert day_of("5/3/2026") == date(2026, 3, 5)
    assert day_of("2026-03-05") == date(2026, 3, 5)
    assert day_of(" ") is None


def said(passed: str = "", score: str = "", on: str = "") -> Stated:
    return stated(
        passed=passed, score=score, on=on, greatest=10, pass_percent=50,
        opens_on=date(2026, 3, 1), today=date(2026, 3, 31),
    )  # fmt: skip


def test_a_result_from_words_points_or_both() -> None:
    assert said("Đạt") == Stated(True)
    assert said(score="5") == Stated(True, 50)
    assert said(score="4,9") == Stated(False, 49)
    assert said("Đạt", "9", "01/03/2026") == Stated(True, 90, date(2026, 3, 1))
    assert said() == Stated()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("Đạt", "4"), "word_against_score"),
        (("Chưa đạt", "5"), "word_against_score"),
        (("Đạt", "", "01/04/2026"), "day_ahead"),
        (("Đạt", "", "28/02/2026"), "day_before"),
    ],
)
def test_what_disagrees_is_looked_at_by_somebody(row: tuple[str, ...], code: str) -> None:
    with pytest.raises(Unreadable) as why:
        said(*row)
    assert why.value.code == code
