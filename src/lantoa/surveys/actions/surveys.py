"""Asking and answering. No event says who wrote what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.notices.actions import notify
from lantoa.surveys.models import (
    Answer,
    Invitation,
    Question,
    Questionnaire,
    Response,
    Subject,
    Survey,
)

BATCH = 1000
Given = Mapping[tuple[int, int | None], Sequence[int] | str]
"""(question, subject or None) → numbers, or text."""


class AnsweredAlready(Exception):
    """Once each."""


@dataclass(frozen=True)
class About:
    """What a survey is about: its key, its title, and (key, label) of each subject."""

    key: str
    title: str
    subjects: Sequence[tuple[str, str]] = ()


@transaction.atomic
def open_survey(
    *,
    actor: User | None,
    questionnaire: Questionnaire,
    about: About,
    persons: Sequence[int],
    closes_at: datetime,
) -> Survey | None:
    """Ask these people (ids), and tell them. None when it was asked before: nobody is asked twice
    about one thing."""
    if Survey.objects.filter(about=about.key).exists():
        return None
    made = Survey.objects.create(
        questionnaire=questionnaire, about=about.key, title=about.title[:250], closes_at=closes_at
    )
    Subject.objects.bulk_create(
        Subject(survey=made, key=key, label=label[:150], position=position)
        for position, (key, label) in enumerate(about.subjects, start=1)
    )
    Invitation.objects.bulk_create(
        [Invitation(survey=made, person_id=pk) for pk in persons], batch_size=BATCH
    )
    data = {"about": about.key, "invited": len(persons)}
    record(actor=actor, action="surveys.open_survey", on=made, data=data)
    if closes_at > clock.now():
        _tell(made)
    return made


def _tell(survey: Survey) -> None:
    invited = User.objects.filter(
        person__invitations__survey=survey, closed_at=None, activated_at__isnull=False
    )
    notify(
        users=invited.iterator(chunk_size=BATCH),
        cause=f"surveys.survey:{survey.pk}:open",
        title=_("Mời đánh giá: %(title)s") % {"title": survey.title},
        body=survey.questionnaire.introduction,
        url=reverse("surveys:answer", args=[survey.pk]),
    )


@transaction.atomic
def answer_survey(*, invitation: Invitation, given: Given) -> None:
    """Take somebody's answers in and forget whose they are. Raises AnsweredAlready."""
    mine = Invitation.objects.filter(pk=invitation.pk, answered_on=None)
    if not mine.update(answered_on=clock.today()):
        raise AnsweredAlready
    response = Response.objects.create(survey_id=invitation.survey_id)
    rows: list[Answer] = []
    for (question, subject), said in given.items():
        if isinstance(said, str):
            rows.append(
                Answer(response=response, question_id=question, subject_id=subject, text=said)
            )
            continue
        rows += [
            Answer(response=response, question_id=question, subject_id=subject, number=number)
            for number in said
        ]
    Answer.objects.bulk_create(rows)


def asked_of(survey: Survey) -> list[tuple[Question, Subject | None]]:
    """Every question in order; the repeated ones subject by subject, after those asked once."""
    questions = list(survey.questionnaire.questions.all())
    subjects = list(survey.subjects.all())
    first = [q for q in questions if not q.per_subject and q.kind == Question.Kind.SCALE]
    last = [q for q in questions if not q.per_subject and q.kind != Question.Kind.SCALE]
    repeated = [(q, s) for s in subjects for q in questions if q.per_subject]
    once: list[tuple[Question, Subject | None]] = [(q, None) for q in first]
    return [*once, *repeated, *((q, None) for q in last)]
