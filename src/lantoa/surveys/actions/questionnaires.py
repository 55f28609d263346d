from django.db import transaction

from lantoa.surveys.models import Question, Questionnaire
from lantoa.surveys.presets import read


@transaction.atomic
def questionnaire_of(preset: str) -> Questionnaire:
    """The preset's present edition, made at its first use."""
    told = read(preset)
    made, new = Questionnaire.objects.get_or_create(
        preset=f"{preset}/{told['edition']}",
        defaults={"title": told["title"], "introduction": told.get("introduction", "")},
    )
    if new:
        Question.objects.bulk_create(
            Question(questionnaire=made, position=position, **asked)
            for position, asked in enumerate(told["questions"], start=1)
        )
    return made
