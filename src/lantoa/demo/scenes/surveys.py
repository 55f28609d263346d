"""Most members of the classes that are over have said what they think; some write a line."""

from datetime import timedelta
from random import Random

from lantoa.demo import cast
from lantoa.demo.stage import Stage
from lantoa.kernel import clock
from lantoa.surveys.actions.surveys import answer_survey, asked_of
from lantoa.surveys.models import Invitation, Question, Survey

ANSWERS = 0.7
# Of a scale, and how often.
POINTS, OFTEN = (2, 3, 4, 5), (1, 3, 9, 7)
LINES = (
    "Thêm giờ thực hành trên máy.",
    "Giảng viên lấy ví dụ rất sát với xã.",
    "Nên gửi tài liệu trước buổi học.",
    "Phòng hơi chật, đường truyền ổn.",
)


def evaluate(stage: Stage) -> None:
    learner = stage.cast[cast.LEARNER.key]
    for survey in Survey.objects.order_by("pk"):
        rng = stage.rng(f"surveys/{survey.about}")
        asked = asked_of(survey)
        # The learner whom one signs in as still has it to do.
        invited = survey.invitations.exclude(person=learner).order_by("pk")
        with clock.fixed(survey.opens_at + timedelta(days=1)):
            for one in invited:
                if rng.random() < ANSWERS:
                    _answer(rng, one, [(q, s.pk if s else None) for q, s in asked])


def _answer(rng: Random, invitation: Invitation, asked: list[tuple[Question, int | None]]) -> None:
    given: dict[tuple[int, int | None], list[int] | str] = {}
    for question, subject in asked:
        place = (question.pk, subject)
        if question.kind == Question.Kind.SCALE:
            given[place] = rng.choices(POINTS, OFTEN)
        elif question.kind == Question.Kind.TEXT:
            if rng.random() < 0.15:
                given[place] = rng.choice(LINES)
        elif rng.random() < 0.8:
            given[place] = [rng.randrange(len(question.options))]
    answer_survey(invitation=invitation, given=given)
