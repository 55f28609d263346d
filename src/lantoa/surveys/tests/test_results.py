from lantoa.surveys.rules.results import FEWEST, may_show, mean_of


def test_fewer_than_five_answers_show_nothing() -> None:
    assert FEWEST == 5
    assert not may_show(4)
    assert may_show(5)


def test_the_mean_of_a_scale() -> None:
    assert mean_of({}) is None
    assert mean_of({5: 1, 4: 2}) == 4.33
