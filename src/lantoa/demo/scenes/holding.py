"""A quarterly test next week, nearly ready: the examiner has something left to do."""

from datetime import datetime, time, timedelta

from lantoa.demo import cast
from lantoa.demo.stage import Stage, Teaching
from lantoa.exams.actions.candidates import add_candidates, give_extra_minutes
from lantoa.exams.actions.duties import give_duty
from lantoa.exams.actions.exams import ExamFields, create_exam
from lantoa.exams.actions.holding import SittingFields, hold_sitting
from lantoa.exams.actions.rooms import RoomFields, add_rooms
from lantoa.exams.actions.seating import Order, assign_seats, number_candidates
from lantoa.exams.models import Duty, Exam
from lantoa.exams.rules.numbers import Pattern
from lantoa.exams.rules.windows import Window
from lantoa.kernel import clock
from lantoa.kernel.clock import VIETNAM

MOST = 75
SEATS = 25


def plan_a_test(stage: Stage, teaching: Teaching) -> None:
    """By candidate number and code; printing the codes and opening it are left to do."""
    examiner = stage.user(cast.EXAMINER.key)
    exam = create_exam(
        actor=examiner,
        unit=stage.province,
        blueprint=teaching.blueprint,
        fields=ExamFields(
            title="Kiểm tra quý (minh họa)",
            entry=Exam.Entry.CODE,
            moves=Exam.Moves.INVIGILATOR,
            release=Exam.Release.COUNCIL,
            instructions="Mang theo giấy tờ tùy thân và phiếu có mã vào thi.",
        ),
    )
    opens = datetime.combine(clock.today() + timedelta(days=7), time(8), tzinfo=VIETNAM)
    window = Window(opens, opens + timedelta(minutes=15), opens + timedelta(hours=2))
    sitting = hold_sitting(
        actor=examiner, exam=exam, fields=SittingFields(title="Ca sáng", window=window)
    )
    known = {person.pk for person in stage.cast.values()}
    people = [one.person for one in stage.people if one.person.pk not in known][:MOST]
    add_candidates(actor=examiner, sitting=sitting, persons=people)
    rooms = add_rooms(
        actor=examiner,
        sitting=sitting,
        fields=RoomFields("Phòng", "Trung tâm hội nghị (minh họa)", SEATS),
        count=3,
    )
    assign_seats(actor=examiner, sitting=sitting, order=Order.APART)
    number_candidates(actor=examiner, sitting=sitting, pattern=Pattern("TN"))
    slower = sitting.candidates.order_by("pk")[0]
    reason = "Thí sinh khuyết tật, theo đơn được duyệt (minh họa)"
    give_extra_minutes(actor=examiner, candidate=slower, minutes=15, reason=reason)
    give_duty(
        actor=examiner,
        sitting=sitting,
        user=stage.user(cast.COORDINATOR.key),
        role=Duty.Role.INVIGILATOR,
        room=rooms[0],
    )
