"""Every figure against a computation by hand, written beside it."""

from math import nan, sqrt

import numpy as np
import pytest

from lantoa.stats.classical import analyse, chosen_one, groups

# Five candidates A…E, four items, right (1) or wrong (0):
#        i1 i2 i3 i4  total
#   A     1  1  1  1   4
#   B     1  1  1  0   3
#   C     1  1  0  0   2
#   D     1  0  0  0   1
#   E     0  0  0  0   0
LADDER = np.array(
    [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]], dtype=float
)
ONES = [1.0] * 4


def test_share_right_is_the_mean_of_the_column() -> None:
    assert [i.share_right for i in analyse(LADDER, ONES).items] == [0.8, 0.6, 0.4, 0.2]


def test_kr20_and_the_error_of_measurement() -> None:
    """Σpq = 0,8·0,2 + 0,6·0,4 + 0,4·0,6 + 0,2·0,8 = 0,8. Variance of the totals (population):
    mean 2, (4+1+0+1+4)/5 = 2. KR-20 = 4/3 · (1 - 0,8/2) = 0,8. SD (sample) = √(10/4) = 1,5811;
    SEM = 1,5811 · √(1 - 0,8) = √(2,5 · 0,2) = √0,5."""
    report = analyse(LADDER, ONES)
    assert report.alpha == pytest.approx(0.8)
    assert report.deviation == pytest.approx(sqrt(2.5))
    assert report.measurement_error == pytest.approx(sqrt(0.5))
    assert (report.mean, report.median, report.least, report.most) == (2, 2, 0, 4)


def test_alpha_with_partial_credit() -> None:
    """Items (2,1,0) and (3,1,2): variances 2/3 and 2/3; totals 5,2,2: mean 3, variance 6/3 = 2.
    alpha = 2/1 · (1 - (4/3)/2) = 2/3."""
    report = analyse(np.array([[2.0, 3.0], [1.0, 1.0], [0.0, 2.0]]), [2.0, 3.0])
    assert report.alpha == pytest.approx(2 / 3)
    assert report.items[1].share_right == pytest.approx((1 + 1 / 3 + 2 / 3) / 3)


def test_point_biserial_leaves_the_item_out() -> None:
    """i1: x = 1,1,1,1,0; rest = 3,2,1,0,0. Means 0,8 and 1,2; Σxr/5 - 0,96 = 6/5 - 0,96 = 0,24;
    var x = 0,16; var r = 14/5 - 1,44 = 1,36. r = 0,24 / √(0,16 · 1,36).
    i2: x = 1,1,1,0,0; rest = 3,2,1,1,0. 6/5 - 0,6·1,4 = 0,36; var x = 0,24;
    var r = 15/5 - 1,96 = 1,04. r = 0,36 / √(0,24 · 1,04)."""
    first, second = analyse(LADDER, ONES).items[:2]
    assert first.point_biserial == pytest.approx(0.24 / sqrt(0.16 * 1.36))
    assert second.point_biserial == pytest.approx(0.36 / sqrt(0.24 * 1.04))


def test_upper_minus_lower_shares_the_places_at_the_edge() -> None:
    """Everybody twice: 10 candidates, 27 % are 2,7, so 3. Upper: both A and half of each B;
    lower: both E and half of each D. i1: 1 - (½+½)/3 = 2/3. i2: 1 - 0. i4: 2/3 - 0."""
    report = analyse(np.vstack([LADDER, LADDER]), ONES)
    found = [item.discrimination for item in report.items]
    assert found == pytest.approx([2 / 3, 1, 1, 2 / 3])


def test_the_order_of_rows_means_nothing() -> None:
    rng = np.random.default_rng(5)
    scores = (rng.random((200, 12)) < 0.6).astype(float)
    shuffled = scores[rng.permutation(200)]
    one, other = analyse(scores, [1.0] * 12), analyse(shuffled, [1.0] * 12)
    for a, b in zip(one.items, other.items, strict=True):
        assert a.discrimination == pytest.approx(b.discrimination)
        assert a.point_biserial == pytest.approx(b.point_biserial)


def test_options_are_counted_with_who_chose_them() -> None:
    """i1's options: A, B, C and D chose 0 (right), E chose 2. Groups: 27 % of 5 is 1,35, so A and
    E. Mean share of those who chose 0: (4+3+2+1)/4 of 4 = 62,5 %."""
    chosen = [chosen_one(np.array([0, 0, 0, 0, 2]), 3), None, None, None]
    first, second = analyse(LADDER, ONES, chosen=chosen).items[:2]
    assert [(o.count, o.share, o.upper, o.lower) for o in first.options] == [
        (4, 0.8, 1, 0),
        (0, 0, 0, 0),
        (1, 0.2, 0, 1),
    ]
    assert [o.mean_share for o in first.options] == [0.625, None, 0]
    assert second.options == ()


def test_no_answer_is_no_option() -> None:
    chosen = [chosen_one(np.array([-1, 1]), 2)]
    (item,) = analyse(np.array([[0.0], [1.0]]), [1.0], chosen=chosen).items
    assert [option.count for option in item.options] == [0, 1]


def test_time_per_item_leaves_out_what_is_unknown() -> None:
    """i1: 10, 20, 60 seconds and two unknown: mean 30, median 20."""
    seconds = np.full((5, 4), nan)
    seconds[:3, 0] = [10, 20, 60]
    first, second = analyse(LADDER, ONES, seconds=seconds).items[:2]
    assert (first.mean_seconds, first.median_seconds) == (30, 20)
    assert (second.mean_seconds, second.median_seconds) == (None, None)


def test_the_distribution_counts_tenths() -> None:
    """0, 25, 50, 75 and 100 %: tenths 0, 2, 5, 7 and, full marks being in the last, 9."""
    assert analyse(LADDER, ONES).distribution == (1, 0, 1, 0, 0, 1, 0, 1, 0, 1)


def test_who_did_not_have_an_item_does_not_count_for_it() -> None:
    """i2 only for A and B: both right; A has 2 of 2, B 1 of 2, C 1 of 1."""
    scores = np.array([[1.0, 1.0], [0.0, 1.0], [1.0, nan]])
    report = analyse(scores, [1.0, 1.0])
    assert [item.candidates for item in report.items] == [3, 2]
    assert [item.share_right for item in report.items] == pytest.approx([2 / 3, 1])
    assert report.distribution[5] == 1
    assert report.distribution[9] == 2


def test_alpha_of_drawn_forms_is_near_that_of_equal_ones() -> None:
    rng = np.random.default_rng(7)
    ability = rng.normal(size=(4000, 1))
    scores = (rng.random((4000, 30)) < 1 / (1 + np.exp(-ability))).astype(float)
    drawn = scores.copy()
    for row in drawn:
        row[rng.permutation(30)[:15]] = nan
    every = analyse(scores, [1.0] * 30).alpha
    half = analyse(drawn, [1.0] * 30).alpha
    assert every is not None
    assert half is not None
    # Spearman-Brown: half as long a test.
    assert half == pytest.approx(0.5 * every / (1 - 0.5 * every), abs=0.02)


@pytest.mark.parametrize(
    "scores", [np.zeros((0, 2)), np.array([[1.0, 0.0]]), np.ones((5, 2)), np.full((3, 2), nan)]
)
def test_too_few_or_too_equal_candidates_give_no_figure(scores: np.ndarray) -> None:
    report = analyse(scores, [1.0, 1.0])
    assert report.alpha is None
    assert report.measurement_error is None
    assert [item.point_biserial for item in report.items] == [None, None]


def test_groups_hold_as_many_as_they_should() -> None:
    upper, lower = groups(np.array([0.5] * 100))
    assert (upper.sum(), lower.sum()) == (pytest.approx(27), pytest.approx(27))


def test_a_matrix_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="one column per item"):
        analyse(LADDER, [1.0])
