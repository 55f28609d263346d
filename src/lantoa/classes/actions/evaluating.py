"""When a class ends, who was there is asked about it and its trainers (`surveys`), once."""

from datetime import timedelta
from typing import Final

from lantoa.accounts.models import User
from lantoa.classes.models import Presence, TrainingClass
from lantoa.classes.models.attendance import Standing
from lantoa.classes.queries.evaluations import about_class, about_trainer, trainers_of
from lantoa.kernel import clock
from lantoa.surveys.actions.questionnaires import questionnaire_of
from lantoa.surveys.actions.surveys import About, open_survey

PRESET: Final = "class-and-trainers"
OPEN_FOR: Final = timedelta(days=14)


def ask_about(*, actor: User | None, training_class: TrainingClass) -> None:
    """Nothing where nobody was there. Opened and ended again, a class isn't asked about anew."""
    here = Presence.objects.filter(
        meeting__training_class=training_class,
        meeting__cancelled_at=None,
        standing__in=(Standing.PRESENT, Standing.LATE),
        member__left_at=None,
    )
    persons = sorted(set(here.values_list("member__enrolment__person_id", flat=True)))
    if not persons:
        return
    trainers = [
        (about_trainer(person.pk), person.full_name) for person in trainers_of(training_class)
    ]
    open_survey(
        actor=actor,
        questionnaire=questionnaire_of(PRESET),
        about=About(about_class(training_class.pk), training_class.name, trainers),
        persons=persons,
        closes_at=clock.now() + OPEN_FOR,
    )
