from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from lantoa.courses.models import LessonProgress
from lantoa.demo.build import build
from lantoa.demo.tests.province import LEARNERS, found_province
from lantoa.exams.models import Result
from lantoa.people.models import Person


def drawn(folder: Path) -> list[list[Any]]:
    """Who is there and how they did, of a province that is built and thrown away."""
    with transaction.atomic():
        found_province()
        build(learners=LEARNERS, folder=folder, say=lambda _: None)
        people = Person.objects.order_by("id")
        progress = LessonProgress.objects.order_by("registration__person__phone", "lesson_key")
        results = Result.objects.order_by(
            "attempt__sitting", "attempt__candidate__person__phone", "attempt__number"
        )
        found: list[list[Any]] = [
            list(people.values_list("sort_key", "phone", "birth_date", "title", "unit__code")),
            list(progress.values_list("registration__person__phone", "lesson_key", "score")),
            list(results.values_list("attempt__candidate__person__phone", "points", "passed")),
        ]
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_province(tmp_path: Path) -> None:
    first = drawn(tmp_path)
    assert all(first)
    assert drawn(tmp_path) == first
