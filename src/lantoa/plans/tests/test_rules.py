import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.plans import rules


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (100, [33, 33, 34], [33, 33, 34]),
        (25000, [96, 118, 290], [4762, 5853, 14385]),
        (1, [1, 3], [0, 1]),
        (2, [1, 1, 1, 1], [1, 1, 0, 0]),
        (5, [0, 7, 0], [0, 5, 0]),
        (5, [0, 0], [0, 0]),
        (0, [1, 2], [0, 0]),
        (3, [], []),
    ],
)
def test_share_out(total: int, weights: list[int], shares: list[int]) -> None:
    assert rules.share_out(total, weights) == shares


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), min_size=1, max_size=60))
def test_shares_add_up_and_stay_within_one_of_exact(total: int, weights: list[int]) -> None:
    shares = rules.share_out(total, weights)
    whole = sum(weights)
    assert sum(shares) == (total if whole else 0)
    for share, weight in zip(shares, weights, strict=True):
        assert not whole or abs(share - total * weight / whole) < 1


@pytest.mark.parametrize(
    ("own", "down", "over"), [(10, 8, 0), (10, 10, 0), (10, 12, 2), (None, 3, 3), (0, 1, 1)]
)
def test_excess(own: int | None, down: int, over: int) -> None:
    assert rules.excess(own, down) == over


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1234", 1234),
        ("1.234", 1234),
        ("1,234", 1234),
        ("1 234", 1234),
        ("25.000", 25000),
        (" 96 ", 96),
        ("0", 0),
        ("", None),
        ("-5", None),
        ("12.5", None),
        ("1.23.456", None),
        ("chín", None),
        ("99999999", None),
        ("=1+1", None),
    ],
)
def test_read_count(text: str, count: int | None) -> None:
    assert rules.read_count(text) == count


UNITS = {
    1: rules.unit_keys("05440", "Xã Phú Đình", "Xã"),
    2: rules.unit_keys("05441", "Xã Văn Hán", "Xã"),
    3: rules.unit_keys("05500", "Phường Văn Hán", "Phường"),
}


@pytest.mark.parametrize(
    ("text", "counts", "reasons"),
    [
        ("Xã Phú Đình\t96", {1: 96}, []),
        ("phu dinh\t1.096", {1: 1096}, []),
        ("05440\t96\n05441\t12", {1: 96, 2: 12}, []),
        ("1\tXã Phú Đình\t96", {1: 96}, []),
        ("Đơn vị\tChỉ tiêu\n\nXã Phú Đình\t96\n", {1: 96}, []),
        ("Văn Hán\t5", {}, [rules.AMBIGUOUS]),
        ("Xã Văn Hán\t5", {2: 5}, []),
        ("Xã Lạ\t5", {}, [rules.UNKNOWN_UNIT]),
        ("Xã Phú Đình\tnhiều 9", {}, [rules.NO_NUMBER]),
        ("Xã Phú Đình\tnhiều\n05441\t12", {2: 12}, [rules.NO_NUMBER]),
        ("Xã Phú Đình 96", {}, [rules.NO_NUMBER]),
        ("05440\t1\n05440\t2", {1: 1}, [rules.TWICE]),
        ("", {}, []),
    ],
)
def test_read_pasted(text: str, counts: dict[int, int], reasons: list[str]) -> None:
    pasted = rules.read_pasted(text, UNITS)
    assert pasted.counts == counts
    assert [p.reason for p in pasted.problems] == reasons
