"""What tests of those who hold exams share: an exam of its own, its sitting, people put in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from conftest import MakePerson

from lantoa.exams.actions.candidates import add_candidates
from lantoa.exams.actions.exams import ExamFields, create_exam
from lantoa.exams.actions.holding import SittingFields, hold_sitting
from lantoa.exams.models import Candidate, Exam, Sitting
from lantoa.exams.rules.windows import Window
from lantoa.exams.tests.bank import fill
from lantoa.items.actions import BlueprintFields, create_blueprint
from lantoa.items.models import Blueprint
from lantoa.kernel import clock
from lantoa.kernel.clock import VIETNAM
from lantoa.people.models import Person, Unit

OPENS = datetime(2026, 12, 12, 8, 0, tzinfo=VIETNAM)
BEFORE = OPENS - timedelta(days=3)
WINDOW = Window(OPENS, OPENS + timedelta(minutes=30), OPENS + timedelta(hours=2))
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Hoàng Văn Em")


@dataclass
class Held:
    exam: Exam
    sitting: Sitting
    people: list[Person]

    @property
    def candidates(self) -> list[Candidate]:
        return list(self.sitting.candidates.order_by("person__sort_key"))


def make_blueprint(unit: Unit, per_topic: int = 2, **fields: Any) -> Blueprint:
    topics = fill(unit, per_topic + 4)
    return create_blueprint(
        actor=None,
        unit=unit,
        fields=BlueprintFields(
            **{"title": "Ma trận quý", "minutes": 60, "pass_mark": 50, **fields}
        ),
        cells={(topic.pk, "basic"): per_topic for topic in topics.values()},
    )


def hold(
    unit: Unit, place: Unit, make_person: MakePerson, *, count: int = 5, **fields: Any
) -> Held:
    """An exam by code, its sitting of 12/12/2026 8:00–10:00, `count` people of `place` in it."""
    exam = create_exam(
        actor=None,
        unit=unit,
        blueprint=make_blueprint(unit),
        fields=ExamFields(title="Kiểm tra quý IV", **{"entry": "code", **fields}),
    )
    sitting = hold_sitting(
        actor=None, exam=exam, fields=SittingFields(title="Ca sáng", window=WINDOW)
    )
    people = [
        make_person(NAMES[n % len(NAMES)] + (f" {n}" if n >= len(NAMES) else ""), place)
        for n in range(count)
    ]
    if people:
        with clock.fixed(BEFORE):
            add_candidates(actor=None, sitting=sitting, persons=people)
    return Held(exam, sitting, people)
