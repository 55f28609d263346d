"""A sitting with essays, and answers to it handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from conftest import MakePerson
from django.test import Client

from lantoa.accounts.models import User
from lantoa.exams.actions import start_attempt, submit_attempt
from lantoa.exams.delivery.batch import commit
from lantoa.exams.delivery.operations import Save, Saved
from lantoa.exams.models import Attempt, Duty, Exam, Sitting
from lantoa.exams.queries.attempts import paper_for
from lantoa.exams.tests.conftest import DURING, World, enrolled, saving
from lantoa.frameworks.models import Node
from lantoa.items.actions import NewItem, create_items
from lantoa.items.bundles import Cell, Chosen, compile_bundle
from lantoa.items.models import Blueprint, ItemVersion
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.programmes.models import Enrolment

RUBRIC = [{"title": "Nêu đúng việc", "points": 6}, {"title": "Có ví dụ", "points": 4}]


def essay(number: int) -> dict[str, Any]:
    return {
        "stem": f"<p>Tình huống {number}: xã làm gì trước?</p>",
        "rubric": RUBRIC,
        "least_words": None,
        "most_words": None,
        "sample": "<p>Nghe dân trước đã.</p>",
        "explanation": "",
    }


def prepare(world: World, essays: int = 1, **exam: Any) -> None:
    """Ten points: five for choices, five for each essay (so fifteen with two)."""
    choices = ItemVersion.objects.filter(item__kind="single_choice").order_by("id")[:5]
    topic = Node.objects.get(pk=choices[0].item.topic_id or 0)
    new = [NewItem("essay", essay(n), topic, "basic") for n in range(essays)]
    made = create_items(actor=None, unit=world.sitting.exam.unit, items=new, approve=True)
    cells = [
        Cell(5, [Chosen(version) for version in choices]),
        Cell(essays, [Chosen(version, 5) for version in made]),
    ]
    bundle = compile_bundle(blueprint=world.blueprint, title="Có tự luận", cells=cells)
    world.sitting.bundles.set([bundle])
    Sitting.objects.filter(pk=world.sitting.pk).update(prepared_at=DURING)
    Exam.objects.update(**exam)
    Blueprint.objects.update(attempts_allowed=1)
    world.sitting.refresh_from_db()


@dataclass
class Written:
    """The sitting with essays, and what was handed in."""

    sitting: Sitting
    attempts: list[Attempt]
    world: World

    @property
    def exam(self) -> Exam:
        return Exam.objects.get(pk=self.sitting.exam_id)


def essay_slots(attempt: Attempt) -> list[int]:
    paper = paper_for(attempt)
    return [
        slot for slot, place in enumerate(paper.places) if paper.bundle.kinds[place[0]].by_people
    ]


def write(attempt: Attempt, right: int, text: str) -> None:
    """Answer choices, the first `right` of them rightly, and essays with this text."""
    paper = paper_for(attempt)
    saves: list[Save] = []
    left = right
    for slot, place in enumerate(paper.places):
        response: Any = text
        if not paper.bundle.kinds[place[0]].by_people:
            content = paper.bundle.arranged(place)
            key = content["answer"]
            response = key if left > 0 else (key + 1) % len(content["options"])
            left -= 1
        if response != "":
            saves.append(saving(attempt, len(saves) + 1, slot, response))
    assert all(isinstance(outcome, Saved) for outcome in commit(saves))


def hand_in(
    world: World, person: Person, right: int, text: str, enrolment: Enrolment | None = None
) -> Attempt:
    world.finish_course(enrolment)
    with clock.fixed(DURING):
        attempt = start_attempt(actor=None, person=person, sitting=world.sitting)
    with clock.fixed(DURING + timedelta(minutes=5)):
        write(attempt, right, text)
        submit_attempt(actor=person.user, attempt=attempt)
    return attempt


def put_on(sitting: Sitting, person: Person, role: str) -> User:
    assert person.user is not None
    Duty.objects.create(sitting=sitting, user=person.user, role=role)
    return person.user


def written(world: World, make_person: MakePerson, unit: Unit, texts: Sequence[str]) -> Written:
    attempts = []
    for number, text in enumerate(texts):
        person = make_person(f"Thí Sinh {'ABCDEFGH'[number]}", unit)
        attempts.append(hand_in(world, person, 10, text, enrolled(world.cohort, person)))
    return Written(world.sitting, attempts, world)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()
