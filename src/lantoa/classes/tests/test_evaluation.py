"""Members say what they think of a class and its trainers, and nobody learns who said what."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from lantoa.audit.models import Event
from lantoa.classes.actions.attendance import Statement, mark
from lantoa.classes.actions.ending import end_class, reopen_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings
from lantoa.classes.actions.members import place
from lantoa.classes.models import Member, Teaching, TrainingClass
from lantoa.classes.models.attendance import Standing
from lantoa.kernel import clock
from lantoa.notices.models import Notice
from lantoa.people.models import Person, Unit
from lantoa.programmes.models import Enrolment
from lantoa.surveys.actions.surveys import AnsweredAlready, answer_survey
from lantoa.surveys.models import Answer, Invitation, Question, Questionnaire, Response, Survey

from .conftest import at


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def trainers(province: Unit, make_person: MakePerson) -> list[Person]:
    return [make_person("Đỗ Văn Sơn", province), make_person("Phan Thị Thu", province)]


@pytest.fixture
def ended(lop: TrainingClass, enrolled: list[Enrolment], trainers: list[Person]) -> TrainingClass:
    """Eight members, seven of whom were there; two trainers."""
    with clock.fixed(at(-9)):
        meetings = add_meetings(
            actor=None,
            training_class=lop,
            meetings=[
                NewMeeting(at(-3), at(-3) + timedelta(hours=3), 4),
                NewMeeting(at(-2), at(-2) + timedelta(hours=3), 4),
            ],
        )
        for meeting, trainer in zip(meetings, trainers, strict=True):
            Teaching.objects.create(meeting=meeting, trainer=trainer)
        place(actor=None, training_class=lop, enrolments=enrolled[:8], quiet=True)
    members = list(Member.objects.order_by("pk"))
    for meeting in meetings:
        with clock.fixed(meeting.ends_at):
            statements = [
                Statement(
                    member,
                    Standing.ABSENT if number == 7 else Standing.PRESENT,
                    f"k{number}",
                    meeting.starts_at,
                )
                for number, member in enumerate(members)
            ]
            mark(actor=None, meeting=meeting, statements=statements, evidence="list")
    end_class(actor=None, training_class=lop)
    return TrainingClass.objects.get(pk=lop.pk)


@pytest.fixture
def survey(ended: TrainingClass) -> Survey:
    return Survey.objects.get(about=f"classes.class:{ended.pk}")


def filled(survey: Survey, points: int, **more: str) -> dict[str, str]:
    sent: dict[str, str] = {}
    for question in survey.questionnaire.questions.filter(kind="scale"):
        if question.per_subject:
            sent |= {f"q{question.pk}s{s.pk}": str(points) for s in survey.subjects.all()}
        else:
            sent[f"q{question.pk}"] = str(points)
    return sent | more


def answer_all(survey: Survey, signed_in: SignedIn, how_many: int) -> None:
    said = survey.questionnaire.questions.get(kind="text")
    invited = survey.invitations.select_related("person").order_by("pk")[:how_many]
    for number, one in enumerate(invited):
        sent = filled(survey, 5 if number % 2 else 4, **{f"q{said.pk}": f"Ý kiến số {number}"})
        signed_in(one.person).post(f"/surveys/{survey.pk}/", sent)


def test_who_was_there_is_asked_once(ended: TrainingClass, survey: Survey) -> None:
    assert survey.invitations.count() == 7
    assert [s.label for s in survey.subjects.all()] == ["Đỗ Văn Sơn", "Phan Thị Thu"]
    assert Notice.objects.filter(title="Mời đánh giá: Lớp 1").count() == 7
    reopen_class(actor=None, training_class=ended)
    end_class(actor=None, training_class=ended)
    assert Survey.objects.count() == 1
    assert Questionnaire.objects.count() == 1
    assert Notice.objects.filter(title="Mời đánh giá: Lớp 1").count() == 7


def test_nobody_is_asked_where_nobody_was(lop: TrainingClass, enrolled: list[Enrolment]) -> None:
    with clock.fixed(at(-9)):
        add_meetings(
            actor=None,
            training_class=lop,
            meetings=[NewMeeting(at(-3), at(-3) + timedelta(hours=3), 4)],
        )
        place(actor=None, training_class=lop, enrolments=enrolled[:2], quiet=True)
    end_class(actor=None, training_class=lop)
    assert not Survey.objects.exists()


def test_a_learner_answers_on_their_page(
    survey: Survey, signed_in: SignedIn, people: list[Person]
) -> None:
    learner = signed_in(people[0])
    page = text(learner, "/surveys/mine/")
    assert "1 phiếu chờ anh/chị trả lời" in page
    path = f"/surveys/{survey.pk}/"
    page = text(learner, path)
    assert "Đỗ Văn Sơn: Giảng dễ hiểu, sát thực tế" in page
    said = survey.questionnaire.questions.get(kind="text")
    sent = filled(survey, 5, **{f"q{said.pk}": "Nên có thêm ví dụ"})
    left_out = next(iter(sent))
    page = learner.post(path, {**sent, left_out: ""}).content.decode()
    assert "aria-invalid" in page
    assert "Nên có thêm ví dụ" in page
    assert not Response.objects.exists()
    response = learner.post(path, sent, follow=True)
    assert "Cảm ơn anh/chị đã trả lời" in response.content.decode()
    learner.post(path, filled(survey, 1))
    assert Response.objects.count() == 1
    assert not Answer.objects.filter(number=1).exists()
    assert "đã trả lời" in text(learner, "/surveys/mine/")


def test_others_are_not_asked(survey: Survey, signed_in: SignedIn, people: list[Person]) -> None:
    for one in (people[7], people[9]):
        client = signed_in(one)
        assert client.get(f"/surveys/{survey.pk}/").status_code == 404
        assert client.post(f"/surveys/{survey.pk}/", filled(survey, 3)).status_code == 404
    assert not Response.objects.exists()


def test_after_the_last_day_it_is_over(
    survey: Survey, signed_in: SignedIn, people: list[Person]
) -> None:
    learner = signed_in(people[0])
    with clock.fixed(survey.closes_at + timedelta(minutes=1)):
        assert "Phiếu này đã hết hạn" in text(learner, f"/surveys/{survey.pk}/")
        learner.post(f"/surveys/{survey.pk}/", filled(survey, 3))
    assert not Response.objects.exists()


def test_nothing_leads_from_an_answer_to_a_person(
    survey: Survey, signed_in: SignedIn, people: list[Person]
) -> None:
    before = set(Event.objects.values_list("pk", flat=True))
    signed_in(people[0]).post(f"/surveys/{survey.pk}/", filled(survey, 4))
    assert not Event.objects.exclude(pk__in=before).filter(action__startswith="surveys.").exists()
    names = {f.name for model in (Response, Answer) for f in model._meta.get_fields()}
    assert not names & {"person", "user", "at", "created_at", "answered_on", "invitation"}
    assert Invitation.objects.get(answered_on__isnull=False).answered_on == clock.today()


def test_below_five_answers_nothing_is_shown(
    coordinator: Client, ended: TrainingClass, survey: Survey, signed_in: SignedIn
) -> None:
    path = f"/classes/{ended.pk}/evaluation/"
    answer_all(survey, signed_in, 4)
    page = text(coordinator, path)
    assert "4 trên 7 người đã đánh giá" in page
    assert "Kết quả hiện khi có từ 5 người trả lời" in page
    assert "Ý kiến số" not in page
    exported = coordinator.get(f"{path}export/")
    cells = CalamineWorkbook.from_filelike(BytesIO(exported.getvalue())).get_sheet_by_index(0)
    assert not any("Ý kiến" in str(row) for row in cells.to_python())


def test_results_for_who_runs_the_class(
    coordinator: Client,
    ended: TrainingClass,
    survey: Survey,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    answer_all(survey, signed_in, 6)
    assert "Đánh giá của học viên" in text(coordinator, f"/classes/{ended.pk}/")
    path = f"/classes/{ended.pk}/evaluation/"
    with django_assert_max_num_queries(22):
        page = text(coordinator, path)
    assert "6 trên 7 người đã đánh giá" in page
    assert "Trung bình 4,5 trên 5, 6 người trả lời" in page
    for words in ("Đỗ Văn Sơn", "Phan Thị Thu", "Ý kiến số 3", "5 – Rất tốt"):
        assert words in page
    exported = coordinator.get(f"{path}export/")
    cells = CalamineWorkbook.from_filelike(BytesIO(exported.getvalue())).get_sheet_by_index(0)
    rows = cells.to_python()
    assert any(row[:1] == ["Đỗ Văn Sơn"] and row[3] == 3 for row in rows)
    page = text(coordinator, "/classes/trainers/")
    assert page.count("4,5 / 5") == 2


def test_a_trainer_reads_of_themself_only(
    ended: TrainingClass, survey: Survey, signed_in: SignedIn, trainers: list[Person],
    people: list[Person],
) -> None:  # fmt: skip
    answer_all(survey, signed_in, 6)
    page = text(signed_in(trainers[0]), f"/classes/{ended.pk}/evaluation/")
    assert "Đỗ Văn Sơn" in page
    assert "Phan Thị Thu" not in page
    assert "4,5 / 5" not in text(signed_in(trainers[0]), "/classes/trainers/")
    assert signed_in(people[0]).get(f"/classes/{ended.pk}/evaluation/").status_code == 404


def test_a_coordinator_below_reads_none_of_it(
    ended: TrainingClass, survey: Survey, signed_in: SignedIn, commune: Unit,
    make_person: MakePerson, grant: Grant,
) -> None:  # fmt: skip
    answer_all(survey, signed_in, 6)
    below = make_person("Hà Thị Hoa", commune)
    grant(below, "coordinator", commune)
    client = signed_in(below)
    assert client.get(f"/classes/{ended.pk}/evaluation/").status_code == 404
    assert "Đánh giá của học viên" not in text(client, f"/classes/{ended.pk}/")


def test_once_each_even_at_one_moment(survey: Survey) -> None:
    invitation = survey.invitations.all()[0]
    question = survey.questionnaire.questions.filter(kind="scale", per_subject=False)[0]
    answer_survey(invitation=invitation, given={(question.pk, None): [3]})
    with pytest.raises(AnsweredAlready):
        answer_survey(invitation=invitation, given={(question.pk, None): [3]})
    assert Response.objects.count() == 1


def test_the_tables_hold_their_rules(survey: Survey) -> None:
    question = survey.questionnaire.questions.all()[0]
    response = Response.objects.create(survey=survey)
    for wrong in (
        lambda: Answer.objects.create(response=response, question=question),
        lambda: Survey.objects.create(
            questionnaire=survey.questionnaire, about=survey.about, closes_at=survey.closes_at
        ),
        lambda: Invitation.objects.create(
            survey=survey, person_id=survey.invitations.all()[0].person_id
        ),
        lambda: Question.objects.create(
            questionnaire=survey.questionnaire, position=1, kind="text", text="x"
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
