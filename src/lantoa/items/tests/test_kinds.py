from typing import Any

import pytest

from lantoa.items.kinds import kind_of, kinds
from lantoa.items.tests.conftest import single

SINGLE = kind_of("single_choice")
MULTIPLE = kind_of("multiple_response")


def multiple() -> dict[str, Any]:
    content = {key: value for key, value in single().items() if key != "answer"}
    return {**content, "answers": [0, 2]}


CONTENT = {"single_choice": single(), "multiple_response": multiple()}


def test_every_folder_is_a_kind() -> None:
    assert [kind.name for kind in kinds()] == ["single_choice", "multiple_response"]
    assert kinds()[0] is SINGLE


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_every_kind_keeps_the_contract(kind: Any) -> None:
    content = kind.clean(CONTENT[kind.name])
    assert kind.validate(content) == []
    assert kind.clean(content) == content
    length = kind.order_length(content)
    backwards = list(reversed(range(length)))
    assert kind.arrange(kind.arrange(content, backwards), backwards) == content
    shown = str(kind.for_candidate(content, backwards))
    assert "answer" not in shown
    assert "đi lại" not in shown
    assert kind.score(content, None) == (0, 1)
    assert kind.read([]) is None
    assert "viec nao" in kind.text(content).lower() or "việc nào" in kind.text(content)
    assert kind.explain(content) == "Vì người dân đỡ phải đi lại."
    form = kind.form_class(data=_posted(kind.form_class.initial_of(content)))
    assert form.is_valid(), form.errors
    assert kind.clean(form.content()) == content


def _posted(initial: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [str(v) for v in value] if isinstance(value, list) else str(value)
        for name, value in initial.items()
    }


@pytest.mark.parametrize(
    ("response", "points"),
    [(1, 1), (0, 0), (3, 0), (None, 0), (True, 0), ("1", 0), ([1], 0), (1.0, 0), (9, 0)],
)
def test_single_choice_scores(response: object, points: int) -> None:
    assert SINGLE.score(SINGLE.clean(single()), response) == (points, 1)


@pytest.mark.parametrize(
    ("response", "points"),
    [([0, 2], 1), ([2, 0], 0), ([0], 0), ([0, 1, 2], 0), ([], 0), (None, 0), (0, 0)],
)
def test_multiple_response_wants_all_and_no_other(response: object, points: int) -> None:
    assert MULTIPLE.score(MULTIPLE.clean(multiple()), response) == (points, 1)


@pytest.mark.parametrize(
    ("response", "accepted"),
    [(0, True), (3, True), (4, False), (-1, False), (True, False), ("0", False), (None, False)],
)
def test_single_choice_accepts_only_an_index(response: object, accepted: bool) -> None:
    assert SINGLE.accepts(SINGLE.clean(single()), response) is accepted


@pytest.mark.parametrize(
    ("response", "accepted"),
    [([], True), ([0, 3], True), ([3, 0], False), ([0, 0], False), ([4], False), ([True], False)],
)
def test_multiple_response_accepts_ascending_indexes(response: object, accepted: bool) -> None:
    assert MULTIPLE.accepts(MULTIPLE.clean(multiple()), response) is accepted


def test_arranging_moves_the_key_along() -> None:
    arranged = SINGLE.arrange(SINGLE.clean(single(answer=3)), [3, 1, 0, 2])
    assert arranged["answer"] == 0
    assert arranged["options"][0]["text"].startswith("Phương án D")
    arranged = MULTIPLE.arrange(MULTIPLE.clean(multiple()), [3, 2, 1, 0])
    assert arranged["answers"] == [1, 3]
    with pytest.raises(ValueError, match="every option"):
        SINGLE.arrange(SINGLE.clean(single()), [0, 1, 2, 2])


def without(index: int) -> list[dict[str, str]]:
    return [option for at, option in enumerate(single()["options"]) if at != index]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stem": " "}, "nội dung câu hỏi"),
        ({"stem": "<p></p>"}, "nội dung câu hỏi"),
        ({"options": []}, "từ 2 đến 6"),
        ({"options": [{"text": "A"}]}, "từ 2 đến 6"),
        ({"options": [{"text": str(n)} for n in range(7)]}, "từ 2 đến 6"),
        ({"options": [{"text": "A"}, {"text": "A "}]}, "giống nhau"),
        ({"options": [{"text": "A"}, {"text": "<i></i>"}]}, "chưa có nội dung"),
        ({"answer": None}, "phương án đúng"),
        ({"answer": 4}, "phương án đúng"),
        ({"answer": "1"}, "phương án đúng"),
        ({"answer": True}, "phương án đúng"),
    ],
)
def test_single_choice_says_what_is_wrong(change: dict[str, Any], words: str) -> None:
    assert any(words in problem for problem in SINGLE.validate({**single(), **change}))


def test_options_of_signs_only_are_fine() -> None:
    content = {**single(), "options": [{"text": "+"}, {"text": "−"}]}
    assert SINGLE.validate(content) == []


@pytest.mark.parametrize("answers", [[], [1], [1, 9], "12", None, [1, True]])
def test_multiple_response_wants_two_right_answers(answers: object) -> None:
    assert MULTIPLE.validate({**multiple(), "answers": answers})


def test_hostile_markup_is_disarmed() -> None:
    content = SINGLE.clean(
        {
            **single(),
            "stem": '<p onclick="x()">Hỏi</p><script>alert(1)</script><img src=x onerror=y>',
            "options": [{"text": "<p>5 < 6</p>"}, {"text": "<a href='javascript:x'>B</a>"}],
        }
    )
    assert content["stem"] == "<p>Hỏi</p>"
    assert [option["text"] for option in content["options"]] == ["5 &lt; 6", "B"]
