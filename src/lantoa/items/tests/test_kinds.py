"""Every kind, found by looking, is held to the contract; then what is each kind's own."""

import json
from itertools import permutations
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from lantoa.items.kinds import grouped_kinds, kind_of, kinds
from lantoa.items.kinds.base import Kind
from lantoa.items.tests import samples
from lantoa.items.tests.browsing import posted
from lantoa.items.tests.conftest import single
from lantoa.items.tests.samples import SAMPLES

CONTENT = {name: listed[0][0] for name, listed in SAMPLES.items()}
EVERY = [
    pytest.param(kind_of(name), content, right, id=f"{name}-{number}")
    for name, listed in SAMPLES.items()
    for number, (content, right) in enumerate(listed)
]
every = pytest.mark.parametrize(("kind", "content", "right"), EVERY)
NAME = "slot-7"

HOSTILE: list[Any] = [
    True, False, -1, 1.0, 99, 10**30, "0", "", "x" * 20_000, "\x00", [], [None], [True], [[0]],
    [[]],
    [0, 0], [10**30], ["0"], [None] * 5000, [3, 2, 1, 0, 0], {}, {"x": 1}, {"x": 1.5,
    "y": 2},
    {"x": True, "y": False}, {"x": -1, "y": 0}, {"x": 10**9, "y": 1}, {"x": 1, "y": 1, "z": 1},
    {"upload": "x", "name": "a.docx", "size": 1}, {"upload": samples.FILE, "name": "a.exe",
    "size": 1},
    {"upload": samples.FILE, "name": "a.docx", "size": -1},
    "\ud800", ["\ud800"], [None, "\x00"],
    {"upload": samples.FILE, "name": "a\ud800.docx", "size": 1},
    {"upload": samples.FILE.upper(), "name": "a.docx", "size": 1}, {"__class__": "x"},
]  # fmt: skip


def test_every_folder_is_a_kind_and_has_samples() -> None:
    names = [kind.name for kind in kinds()]
    assert names[:2] == ["single_choice", "multiple_response"]
    assert set(names) == set(SAMPLES)
    assert [kind for _group, listed in grouped_kinds() for kind in listed] == kinds()
    assert {kind.name for kind in kinds() if kind.by_people} == {"essay", "file_task"}


def backwards(kind: Kind, content: dict[str, Any]) -> list[int]:
    return list(reversed(range(kind.order_length(content))))


@every
def test_content_is_regular_and_can_be_used(kind: Kind, content: Any, right: Any) -> None:
    regular = kind.clean(content)
    assert kind.validate(content) == []
    assert kind.clean(regular) == regular
    assert kind.clean(json.loads(json.dumps(regular))) == regular
    assert kind.clean({**content, "colour": "red"}) == regular
    assert "việc nào" in kind.text(regular).lower()
    assert kind.explain(regular) == samples.WHY
    assert (samples.FILE in kind.files(regular)) is (samples.FILE in json.dumps(regular))


@every
def test_the_right_answer_gets_all_the_points(kind: Kind, content: Any, right: Any) -> None:
    regular = kind.clean(content)
    points, possible = kind.score(regular, right)
    assert possible >= 1
    assert kind.accepts(regular, right)
    assert points == (0 if kind.by_people else possible)
    assert kind.score(regular, None) == (0, possible)
    review = kind.review(regular, right)
    assert review["answered"]
    assert review["correct"] is (points == possible)
    assert not kind.review(regular, None)["answered"]


@every
def test_arranging_moves_the_key_along(kind: Kind, content: Any, right: Any) -> None:
    regular = kind.clean(content)
    length = kind.order_length(regular)
    for order in [list(order) for order in permutations(range(length))][:120]:
        inverse = [order.index(index) for index in range(length)]
        arranged = kind.arrange(regular, order)
        assert kind.arrange(arranged, inverse) == regular
        given = kind.restore(right, inverse) if length else right
        assert kind.accepts(arranged, given)
        assert kind.score(arranged, given) == kind.score(regular, right)
        assert kind.restore(given, order) == right
    for order in ([0] * (length or 1), list(range(length + 1))):
        if length != 1:
            with pytest.raises(ValueError, match="every option"):
                kind.arrange(regular, order)


@every
@pytest.mark.parametrize("response", HOSTILE, ids=lambda each: str(each)[:20])
def test_hostile_responses_get_nothing_and_break_nothing(
    kind: Kind, content: Any, right: Any, response: Any
) -> None:
    regular = kind.clean(content)
    accepted = kind.accepts(regular, response)
    assert type(accepted) is bool
    points, possible = kind.score(regular, response)
    assert 0 <= points <= possible
    if not accepted:
        assert points == 0
        assert not kind.review(regular, None)["answered"]
    kind.review(regular, response if accepted else None)


SECRETS = (
    "answer",
    "pairs",
    "'key'",
    "'true'",
    "accept'",
    "areas",
    "Bài mẫu mật",
    "value'",
    "scoring",
)


@every
def test_the_candidate_sees_no_key(kind: Kind, content: Any, right: Any) -> None:
    regular = kind.clean(content)
    shown = kind.for_candidate(kind.arrange(regular, backwards(kind, regular)))
    assert shown == json.loads(json.dumps(shown))
    words = str(shown)
    assert "đi lại" not in words
    told = {"value'"} | ({"accept'"} if kind.name == "file_task" else set())  # options; file types
    assert [secret for secret in SECRETS if secret in words and secret not in told] == []


OTHER_KEYS = [
    ("single_choice", single(answer=1), single(answer=2)),
    ("multiple_response", samples.multiple(), samples.multiple(answers=[1, 3], scoring="partial")),
    ("true_false", samples.true_false(), samples.true_false(False, True, True, True)),
    ("matching", samples.matching(), samples.matching(pairs=[3, 2, 1], scoring="all")),
    ("ordering", samples.ordering(key=[1, 0, 2, 3]), samples.ordering(key=[3, 2, 1, 0])),
    ("blank", samples.blank(), samples.blank(samples.text_gap("Huế", ignore_case=False))),
    ("blank", samples.blank(samples.number_gap()), samples.blank(samples.number_gap("9", "2"))),
    ("cloze", samples.cloze(),
     samples.cloze(gaps=[samples.text_gap("x"), samples.number_gap("1"), samples.choice_gap(0)])),
    ("hotspot", samples.hotspot(), samples.hotspot(areas=[{"shape": "circle", "at": [9, 9, 9]}])),
    ("scenario", samples.scenario(("single_choice", single(answer=1)), ("blank", samples.blank())),
     samples.scenario(("single_choice", single(answer=0)),
                      ("blank", samples.blank(samples.text_gap("Huế"))))),
    ("scenario",
     samples.scenario(("blank", samples.blank()), ("ordering", samples.ordering())),
     samples.scenario(("blank", samples.blank()),
                      ("ordering", samples.ordering(parts=samples.ordering()["parts"][::-1])))),
    ("essay", samples.essay(), samples.essay(sample="khác")),
    ("file_task", samples.file_task(), samples.file_task(sample="khác")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "other"), OTHER_KEYS)
def test_another_key_changes_nothing_that_is_seen(name: str, one: Any, other: Any) -> None:
    """The strongest form of "the key doesn't leak": it can't be told from the page."""
    kind = kind_of(name)
    assert kind.clean(one) != kind.clean(other)
    assert kind.for_candidate(kind.clean(one)) == kind.for_candidate(kind.clean(other))


def test_every_kind_has_an_item_with_another_key() -> None:
    assert {name for name, _one, _other in OTHER_KEYS} == set(SAMPLES)


def played(kind: Kind, content: Any, response: Any, **more: Any) -> str:
    shown = kind.for_candidate(content)
    context = {"question": shown, "name": NAME, "response": response, **more}
    return render_to_string(kind.template("play"), context)


@every
@pytest.mark.django_db
def test_what_the_play_form_posts_is_read_again(kind: Kind, content: Any, right: Any) -> None:
    regular = kind.clean(content)
    assert kind.read_form(posted(played(kind, regular, None)), NAME) is None
    assert kind.read_form(posted(played(kind, regular, right)), NAME) == right
    assert kind.read_form(QueryDict(), NAME) is None
    assert kind.read([]) is None
    html = played(kind, regular, None)
    assert f'data-item="{kind.name}"' in html
    locked = played(kind, regular, right, locked=True)
    assert 'type="text"' not in locked or "disabled" in locked
    assert "đi lại" not in html
    assert 'src=""' not in html or kind.name in ("hotspot", "scenario")  # the file isn't there


@every
@pytest.mark.django_db
def test_every_field_and_id_begins_with_the_name(kind: Kind, content: Any, right: Any) -> None:
    """So that many items can stand on one page."""
    html = played(kind, kind.clean(content), right)
    for attribute in ("name", "id", "for", "aria-labelledby"):
        for piece in html.split(f' {attribute}="')[1:]:
            assert all(word.startswith(NAME) for word in piece.split('"')[0].split()), piece[:60]


@every
@pytest.mark.django_db
def test_the_authors_form_gives_back_what_it_was_made_of(
    kind: Kind, content: Any, right: Any
) -> None:
    regular = kind.clean(content)
    form = kind.form_class(initial=kind.form_class.initial_of(regular))
    page = render_to_string(kind.template("edit"), {"form": form})
    sent = kind.form_class(posted(page))
    assert sent.is_valid(), sent.errors
    # Written down, parts stand in the right order.
    written = kind.arrange(regular, regular["key"]) if "key" in regular else regular
    assert kind.clean(sent.content()) == written


@every
@pytest.mark.django_db
def test_review_shows_the_explanation(kind: Kind, content: Any, right: Any) -> None:
    regular = kind.clean(content)
    for response in (right, None):
        html = render_to_string(kind.template("review"), {"review": kind.review(regular, response)})
        assert samples.WHY in html
        assert "[hình không còn]" in html or samples.RICH not in str(content)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    "junk", [{}, {"stem": None, "options": "x", "statements": {}, "left": 5, "pairs": "12"},
             {"parts": [1, {"kind": "essay", "content": 7}, {"kind": ["x"]}], "gaps": [None, 3]},
             {"image": [], "areas": [{"shape": [], "at": [None]}, 4], "rubric": [{"points": "x"}],
              "gap": {"type": "number", "value": [], "tolerance": {}}, "files": [{}], "accept": 5}],
)  # fmt: skip
def test_junk_is_made_regular_and_refused_with_sentences(kind: Kind, junk: Any) -> None:
    regular = kind.clean(junk)
    assert kind.clean(regular) == regular
    found = kind.validate(junk)
    assert found
    assert all(isinstance(problem, str) and problem.strip() for problem in found)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_an_empty_form_says_what_is_missing(kind: Kind) -> None:
    form = kind.form_class(QueryDict())
    assert not form.is_valid()
    assert "stem" in form.errors
    assert "đi lại" not in str(form.errors)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_hostile_markup_is_disarmed(kind: Kind) -> None:
    bad = '<p onclick="x()">việc nào</p><script>alert(1)</script><img src=x onerror=y>'
    field = "text" if kind.name == "cloze" else "stem"
    content = kind.clean({**CONTENT[kind.name], field: bad, "explanation": bad})
    assert content[field] == content["explanation"] == "<p>việc nào</p>"
