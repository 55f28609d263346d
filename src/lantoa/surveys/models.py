from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.people.models import Person


class Questionnaire(models.Model):
    """Questions as they are asked; one that was asked never changes: another is made from it."""

    title = models.CharField(_("Tên phiếu"), max_length=200)
    introduction = models.TextField(_("Lời mở đầu"), blank=True)
    # The preset that it was made from, with its edition: "class-and-trainers/1".
    preset = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One thing asked: once, or once for each subject of the survey (each trainer of a class)."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("Thang 1 đến 5")
        CHOICE = "choice", _("Chọn một")
        CHOICES = "choices", _("Chọn nhiều")
        TEXT = "text", _("Viết")

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="questions"
    )
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=300)
    per_subject = models.BooleanField(default=False)
    required = models.BooleanField(default=True)
    options = models.JSONField(default=list, help_text="of choices; of a scale its two ends")

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["questionnaire", "position"], name="surveys_question_position"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Survey(models.Model):
    """A questionnaire asked of invited people about something; anonymous."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="surveys"
    )
    about = models.CharField(max_length=80, unique=True, help_text='"classes.class:12"')
    title = models.CharField(max_length=250)
    opens_at = models.DateTimeField(default=clock.now)
    closes_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="surveys_survey_window"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Subject(models.Model):
    """Whom or what the repeated questions are about, by a key of the domain that asks."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="subjects")
    key = models.CharField(max_length=80, help_text='"people.person:7"')
    label = models.CharField(max_length=150)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "key"], name="surveys_subject_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["key"], name="surveys_subject_key")]

    def __str__(self) -> str:
        return self.label


class Invitation(models.Model):
    """Who is asked, and on which day they answered: a moment would lead to the response."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    answered_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "person"], name="surveys_invitation_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="surveys_invitation_mine")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.survey_id}"


class Response(models.Model):
    """Somebody's answers. No person, no moment; the key is drawn at random, so that neither an id
    nor an order says who wrote before whom."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    """One answer; of several choices a row each. Its key is random too."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    subject = models.ForeignKey(
        Subject, null=True, on_delete=models.PROTECT, related_name="answers"
    )
    number = models.PositiveSmallIntegerField(
        null=True, help_text="of a scale 1 to 5; of a choice its place, from 0"
    )
    text = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(number__isnull=False) | ~Q(text=""), name="surveys_answer_says"
            ),
            models.UniqueConstraint(
                fields=["response", "question", "subject", "number"],
                name="surveys_answer_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.number}"
