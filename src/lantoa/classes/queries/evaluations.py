"""What members say of a class and its trainers: all for who runs it, of themself for a trainer."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from lantoa.accounts.models import User
from lantoa.classes.models import Teaching, TrainingClass
from lantoa.classes.queries.classes import class_for
from lantoa.people.models import Person
from lantoa.surveys.models import Survey
from lantoa.surveys.queries.results import Mean, Results, means_of, results_of, survey_about


def about_class(pk: int) -> str:
    return f"classes.class:{pk}"


def about_trainer(person: int) -> str:
    return f"people.person:{person}"


def trainers_of(training_class: TrainingClass) -> QuerySet[Person]:
    taught = Teaching.objects.filter(
        meeting__training_class=training_class, meeting__cancelled_at=None
    )
    return Person.objects.filter(pk__in=taught.values("trainer")).order_by("sort_key", "pk")


@dataclass(frozen=True)
class Evaluation:
    training_class: TrainingClass
    survey: Survey
    results: Results


def evaluation_for(user: User, pk: int) -> Evaluation:
    """Raises Http404: not theirs to read, or nobody was asked."""
    training_class = class_for(user, pk)
    own = [about_trainer(p.pk) for p in trainers_of(training_class) if p.user_id == user.pk]
    runs = bool(training_class.can_manage)  # type: ignore[attr-defined]
    survey = survey_about(about_class(pk))
    if survey is None or not (runs or own):
        raise Http404
    return Evaluation(training_class, survey, results_of(survey, subjects=None if runs else own))


def may_read_evaluation(user: User, training_class: TrainingClass) -> bool:
    """For the link on the class's page, which leads nowhere before the class has ended."""
    if training_class.state != TrainingClass.State.ENDED:
        return False
    runs = bool(training_class.can_manage)  # type: ignore[attr-defined]
    if not runs and not trainers_of(training_class).filter(user=user.pk).exists():
        return False
    return survey_about(about_class(training_class.pk)) is not None


def means_of_trainers(persons: list[int], classes: list[int]) -> dict[int, Mean]:
    """By person, over these classes; only where enough answered."""
    keys = {about_trainer(pk): pk for pk in persons}
    found = means_of(list(keys), among=[about_class(pk) for pk in classes])
    return {keys[key]: mean for key, mean in found.items()}
