import pytest

from lantoa.home.rules.standing import Standing, TopicCount, standing, topics_left
from lantoa.home.rules.words import greeting

M, E = True, False


@pytest.mark.parametrize(
    ("topics", "minimum", "left"),
    [
        ([], 0, 0),
        ([(M, True), (M, False), (M, False)], 0, 2),
        ([(M, True), (M, True)], 0, 0),
        ([(M, True), (E, False), (E, False)], 1, 1),
        ([(M, False), (E, True), (E, False)], 1, 1),
        ([(M, True), (E, True), (E, True)], 1, 0),
        ([(M, True), (E, False)], 0, 0),
    ],
)
def test_topics_left(topics: list[tuple[bool, bool]], minimum: int, left: int) -> None:
    assert topics_left([TopicCount(*topic) for topic in topics], minimum) == left


@pytest.mark.parametrize(
    ("owed", "enrolled", "topics", "tests", "expected"),
    [
        (False, False, 0, [], Standing.NOTHING),
        (False, True, 0, [], Standing.DONE),
        (False, True, 2, ["open"], Standing.DONE),
        (True, True, 3, ["locked"], Standing.LEARNING),
        (True, True, 3, ["in_progress"], Standing.TESTING),
        (True, True, 0, ["submitting"], Standing.TESTING),
        (True, True, 0, ["open"], Standing.TEST_OPEN),
        (True, True, 0, ["passed", "open"], Standing.TEST_OPEN),
        (True, True, 0, ["exhausted"], Standing.TEST_LOST),
        (True, True, 0, ["closed"], Standing.TEST_LOST),
        (True, True, 0, ["upcoming"], Standing.TEST_LATER),
        (True, True, 0, ["locked"], Standing.TEST_LATER),
        (True, True, 0, [], Standing.TEST_LATER),
    ],
)
def test_standing(
    owed: bool, enrolled: bool, topics: int, tests: list[str], expected: Standing
) -> None:
    assert standing(owed=owed, enrolled=enrolled, topics=topics, tests=tests) is expected


@pytest.mark.parametrize(
    ("sex", "words"),
    [("female", "Chào bà Hằng"), ("male", "Chào ông Hằng"), ("", "Chào Hằng")],
)
def test_greeting_says_no_more_than_is_known(sex: str, words: str) -> None:
    assert greeting(given_name="Hằng", sex=sex) == words
