"""A lesson asks questions of every kind that is marked by machine, and answers at once."""

import json
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from lantoa.courses import actions
from lantoa.courses.kinds import kind_of as activity_kind_of
from lantoa.courses.kinds.base import Content
from lantoa.courses.models import Activity
from lantoa.courses.tests.conftest import BuildCourse, Built, graded, registered
from lantoa.items.actions import create_item
from lantoa.items.kinds import kind_of, kinds
from lantoa.items.tests.browsing import posted
from lantoa.items.tests.drawing import keep_files
from lantoa.items.tests.samples import SAMPLES, WHY
from lantoa.people.models import Person, Unit
from lantoa.records.models import Statement

pytestmark = pytest.mark.django_db
NAMES = [kind.name for kind in kinds() if not kind.by_people]


@pytest.fixture
def built(build: BuildCourse, province: Unit) -> Built:
    """One lesson with a question of each kind."""
    keep_files()
    made = build(1, questions=0, published=False, pass_mark=50)
    for name in NAMES:
        content = SAMPLES[name][0][0]
        version = create_item(
            actor=None, unit=province, kind=name, purpose="lesson", content=content
        )
        actions.add_activity(
            actor=None,
            lesson=made.lessons[0],
            kind="question",
            content=Content(item_version=version),
        )
    actions.publish(actor=None, version=made.version)
    return made


@pytest.fixture
def here(signed_in: Any, learner: Person, built: Built) -> Client:
    registered(learner, built)
    client: Client = signed_in(learner)
    return client


def url(built: Built, name: str = "lesson", *more: Any) -> str:
    return reverse(f"courses:{name}", args=[built.course.pk, built.lessons[0].key, *more])


def at(built: Built, name: str) -> tuple[Activity, int]:
    """The activity of that kind of item, and its number among the questions."""
    number = NAMES.index(name)
    return graded(built, 0)[number], number + 1


def form_of(html: str, activity: Activity) -> str:
    """The question's own form within the page."""
    return html.split(f'id="a-{activity.key}"')[1].split("</section>")[0]


def filled(built: Built, name: str, html: str, response: Any) -> dict[str, Any]:
    """The form on the page as a learner fills it in, told what to answer of the item as written."""
    activity, number = at(built, name)
    assert activity.item_version is not None
    data = posted(form_of(html, activity))
    field = f"answer-{number}"
    if name in ("hotspot", "scenario", "true_false", "cloze", "ordering"):
        # What scripts put there, in terms of the item as shown.
        return {"round": data["round"], field: json.dumps(response)}
    if name == "matching":
        return {"round": data["round"], field: [f"{n}:{to}" for n, to in enumerate(response)]}
    values = response if isinstance(response, list) else [response]
    return {"round": data["round"], field: [str(value) for value in values]}


def in_order_shown(html: str, activity: Activity, response: list[int], texts: list[str]) -> Any:
    """For ordering: the values under which the page shows the parts."""
    block = form_of(html, activity)
    shown = sorted(texts, key=block.index)
    values = [int(piece.split('"')[0]) for piece in block.split('data-part="')[1:]]
    by_text = dict(zip(shown, values, strict=True))
    return [by_text[texts[index]] for index in response]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("by_htmx", [False, True])
def test_every_kind_is_asked_answered_and_explained(
    here: Client, built: Built, name: str, by_htmx: bool
) -> None:
    activity, _number = at(built, name)
    response = SAMPLES[name][0][1]
    html = here.get(url(built)).content.decode()
    block = form_of(html, activity)
    assert f'data-item="{name}"' in block
    assert WHY not in block
    if name == "ordering":
        texts = [part["text"] for part in SAMPLES[name][0][0]["parts"]]
        response = in_order_shown(html, activity, response, texts)
    where = url(built, "answer", activity.key)
    data = filled(built, name, html, response)
    part = here.post(where, data, headers={"HX-Request": "true"} if by_htmx else {}, follow=True)
    text = part.content.decode()
    after = text if by_htmx else form_of(text, activity)
    assert WHY in after
    assert ">Đúng<" in after
    answered = Statement.objects.get(verb__endswith="answered")
    assert answered.result["success"] is True
    assert json.loads(answered.result["response"]) == SAMPLES[name][0][1]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_and_nonsense_are_asked_for_again(here: Client, built: Built, name: str) -> None:
    activity, number = at(built, name)
    field = f"answer-{number}"
    html = here.get(url(built)).content.decode()
    empty = posted(form_of(html, activity))
    for data in (
        dict(empty.lists()),
        {},
        {field: "[[[[["},
        {field: "{}"},
        {field: "[9, 9, 9, 9, 9, 9, 9]"},
        {field: "x" * 30_000},
    ):
        if (
            name == "blank"
            and len(str(data.get(field, ""))) < 100
            and data.get(field) not in (None, [""])
        ):
            continue  # any text is an answer to a gap
        part = here.post(url(built, "answer", activity.key), data, headers={"HX-Request": "true"})
        assert "Hãy trả lời câu hỏi" in part.content.decode(), data
    assert not Statement.objects.filter(verb__endswith="answered").exists()


def test_points_in_part_are_said_and_are_not_the_whole(here: Client, built: Built) -> None:
    activity, number = at(built, "true_false")
    data = {f"answer-{number}": "[true, true, true, true]"}
    text = here.post(url(built, "answer", activity.key), data, headers={"HX-Request": "true"})
    assert "Đúng một phần" in text.content.decode()
    score = Statement.objects.get(verb__endswith="answered").result
    assert score["score"] == {"raw": 2, "min": 0, "max": 4}
    assert score["success"] is False


def test_parts_that_keep_their_place_keep_it_when_asked_again(
    build: BuildCourse, province: Unit, learner: Person, signed_in: Any
) -> None:
    options = [{"text": f"Phương án {n}"} for n in range(5)]
    content = {
        "stem": "Việc nào?",
        "options": [*options, {"text": "Tất cả các phương án trên", "fixed": True}],
        "answer": 5,
        "explanation": "",
    }
    built = build(1, questions=0, published=False, pass_mark=100)
    version = create_item(
        actor=None, unit=province, kind="single_choice", purpose="lesson", content=content
    )
    actions.add_activity(
        actor=None, lesson=built.lessons[0], kind="question", content=Content(item_version=version)
    )
    actions.publish(actor=None, version=built.version)
    registered(learner, built)
    client = signed_in(learner)
    where = url(built, "answer", graded(built, 0)[0].key)
    orders = set()
    for round_ in range(1, 7):
        html = client.get(url(built)).content.decode()
        shown = html.split("lt-option")[1:]
        texts = [piece.split("<span>")[1].split("<")[0] for piece in shown]
        assert texts[-1] == "Tất cả các phương án trên"
        orders.add(tuple(texts))
        values = [piece.split('value="')[1].split('"')[0] for piece in shown]
        wanted = "Phương án 0" if round_ < 6 else texts[-1]
        data = {"answer-1": values[texts.index(wanted)], "round": str(round_)}
        client.post(where, data)
        client.post(url(built, "retake"))
    assert len(orders) > 1
    said = Statement.objects.filter(verb__endswith="answered").order_by("id")
    responses = [json.loads(row.result["response"]) for row in said]
    assert responses == [0, 0, 0, 0, 0, 5], "told in terms of the item as written"


def test_an_answer_from_a_page_of_the_round_before_is_read_as_it_was_shown(
    here: Client, built: Built
) -> None:
    """The order of a page loaded earlier is told by its round, whatever round it is now."""
    activity, number = at(built, "single_choice")
    where = url(built, "answer", activity.key)
    for junk in ("x", "99999999", "-1"):
        data = {f"answer-{number}": "9", "round": junk}
        assert (
            "Hãy trả lời" in here.post(where, data, headers={"HX-Request": "true"}).content.decode()
        )
    here.post(where, {f"answer-{number}": "1", "round": "1"})
    assert json.loads(Statement.objects.get(verb__endswith="answered").result["response"]) == 1


def test_a_lesson_offers_what_a_machine_can_mark(
    build: BuildCourse, signed_in: Any, author: Person
) -> None:
    built = build(1, published=False)
    client = signed_in(author)
    lesson = built.lessons[0]
    page = client.get(reverse("courses:lesson_draft", args=[built.course.pk, lesson.pk]))
    offered = {name for name, _label in activity_kind_of("question").variants()}
    assert offered == set(NAMES)
    for name in NAMES:
        assert f"?variant={name}" in page.content.decode()
    assert "variant=essay" not in page.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_is_written_in_a_lesson(
    build: BuildCourse, signed_in: Any, author: Person, name: str
) -> None:
    keep_files()
    built = build(1, questions=0, published=False)
    client = signed_in(author)
    where = reverse("courses:activity_new", args=[built.course.pk, built.lessons[0].pk, "question"])
    kind = kind_of(name)
    content = kind.clean(SAMPLES[name][0][0])
    form = kind.form_class(initial=kind.form_class.initial_of(content))
    assert client.get(f"{where}?variant={name}").status_code == 200
    bad = client.post(f"{where}?variant={name}", {"stem": "Đã gõ"})
    assert bad.status_code == 422
    assert "Đã gõ" in bad.content.decode()
    data = posted(render_to_string(kind.template("edit"), {"form": form}))
    assert client.post(f"{where}?variant={name}", dict(data.lists())).status_code == 302
    made = graded(built, 0)[0]
    assert made.item_version is not None
    assert made.item_version.content == content
    assert made.shown_title
    edit = reverse("courses:activity_edit", args=[built.course.pk, made.pk])
    data = posted(client.get(edit).content.decode())
    assert client.post(edit, dict(data.lists())).status_code == 302
    made.refresh_from_db()
    assert made.item_version.number == 1, "nothing changed, no new version"
