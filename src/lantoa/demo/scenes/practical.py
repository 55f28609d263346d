"""The practical test: a question of every kind, held twice and under way now. The first sitting is
approved and out, with an appeal; the second is being marked; the third has people at work."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lantoa.demo import cast, content
from lantoa.demo.rules.fates import Fate
from lantoa.demo.rules.moments import morning
from lantoa.demo.scenes.documents import BROWSER_ALT, BROWSER_SIZE, browser_window
from lantoa.demo.scenes.marking import approve, mark
from lantoa.demo.scenes.sitting import Way, sit
from lantoa.demo.scenes.teaching import FRAMEWORK
from lantoa.demo.stage import Learner, Stage
from lantoa.exams.actions.candidates import add_candidates
from lantoa.exams.actions.duties import give_duty
from lantoa.exams.actions.exams import ExamFields, create_exam
from lantoa.exams.actions.holding import SittingFields, hold_sitting
from lantoa.exams.actions.prepare import prepare_sitting
from lantoa.exams.actions.rooms import RoomFields, add_rooms
from lantoa.exams.actions.seating import Order, assign_seats, number_candidates
from lantoa.exams.models import Duty, Exam, Sitting
from lantoa.exams.rules.numbers import Pattern
from lantoa.exams.rules.windows import Window
from lantoa.frameworks.models import Node
from lantoa.frameworks.queries import framework_by_code
from lantoa.items.actions.blueprints import BlueprintFields, CellFields, create_blueprint
from lantoa.items.actions.create_item import NewItem, create_items
from lantoa.items.models import Blueprint
from lantoa.kernel import clock

MOST = 30
OPEN_FOR = timedelta(hours=2, minutes=30)
BEFORE = timedelta(days=2)
BEGAN = timedelta(minutes=40)
"""So long ago the sitting of today opened."""
DUTIES = (
    (cast.COORDINATOR, Duty.Role.INVIGILATOR),
    (cast.AUTHOR, Duty.Role.MARKER),
    (cast.COORDINATOR, Duty.Role.MARKER),
    (cast.EXAMINER, Duty.Role.MARKER),
    (cast.LEADER, Duty.Role.COUNCIL),
)


def hold_practicals(stage: Stage) -> None:
    with clock.fixed(stage.moments.installed):
        exam = _exam(stage)
    known = {person.pk for person in stage.cast.values()}
    done = (Fate.PASSED, Fate.PASSED_SECOND)
    people = [one for one in stage.people if one.fate in done and one.person.pk not in known]
    first, second, third = (people[part::3][:MOST] for part in range(3))
    days = stage.moments.pilot_closes, stage.moments.opens
    released = _open(stage, exam, "Đợt 1", morning(days[0]), first)
    sit(stage, released, Way())
    mark(stage, released, "essay", "file_task")
    approve(stage, released)
    marked = _open(stage, exam, "Đợt 2", morning(days[1]), second)
    sit(stage, marked, Way())
    mark(stage, marked, "essay")
    running = _open(stage, exam, "Đợt 3", stage.moments.now - BEGAN, third)
    sit(stage, running, Way(until=stage.moments.now, absent=0.1))


def _exam(stage: Stage) -> Exam:
    examiner = stage.user(cast.EXAMINER.key)
    return create_exam(
        actor=examiner,
        unit=stage.province,
        blueprint=_blueprint(stage),
        fields=ExamFields(
            title=content.practical().title,
            entry=Exam.Entry.CODE,
            moves=Exam.Moves.INVIGILATOR,
            release=Exam.Release.COUNCIL,
            instructions="Mang theo giấy tờ tùy thân. Phần thực hành làm trên máy của phòng thi.",
        ),
    )


def _blueprint(stage: Stage) -> Blueprint:
    examiner, asked = stage.user(cast.EXAMINER.key), content.practical()
    nodes = {node.code: node for node in framework_by_code(FRAMEWORK).nodes.all()}
    items = _items(stage, nodes)
    create_items(actor=examiner, unit=stage.province, items=items, approve=True)
    fields = BlueprintFields(
        title=asked.title, minutes=asked.minutes, pass_mark=asked.pass_mark, attempts_allowed=1
    )
    cells = [
        CellFields(nodes[task.topic].pk, task.level, 1, task.kind, task.points)
        for task in asked.items
    ]
    return create_blueprint(actor=examiner, unit=stage.province, fields=fields, cells=cells)


def _items(stage: Stage, nodes: dict[str, Node]) -> list[NewItem]:
    picture = browser_window(stage.user(cast.EXAMINER.key))
    width, height = BROWSER_SIZE
    shown = {
        "image": {"file": str(picture.public_id), "alt": BROWSER_ALT, "width": width,
                  "height": height},
    }  # fmt: skip
    return [
        NewItem(
            task.kind,
            {**task.content, **(shown if task.kind == "hotspot" else {})},
            nodes[task.topic],
            task.level,
        )
        for task in content.practical().items
    ]


def _open(
    stage: Stage, exam: Exam, title: str, opens: datetime, learners: Sequence[Learner]
) -> Sitting:
    """Everybody in one room, numbers and attempts ready, people put on duty: two days before."""
    examiner = stage.user(cast.EXAMINER.key)
    with clock.fixed(opens - BEFORE):
        window = Window(opens, None, opens + OPEN_FOR)
        sitting = hold_sitting(
            actor=examiner, exam=exam, fields=SittingFields(title=title, window=window)
        )
        persons = [one.person for one in learners]
        add_candidates(actor=examiner, sitting=sitting, persons=persons)
        fields = RoomFields("Phòng máy", "Trung tâm hội nghị (minh họa)", MOST)
        add_rooms(actor=examiner, sitting=sitting, fields=fields, count=1)
        assign_seats(actor=examiner, sitting=sitting, order=Order.APART)
        number_candidates(actor=examiner, sitting=sitting, pattern=Pattern("TH"))
        for member, role in DUTIES:
            user = stage.user(member.key)
            give_duty(actor=examiner, sitting=sitting, user=user, role=role)
        prepare_sitting(actor=examiner, sitting=sitting)
    return sitting
