"""The practical test of the model province: each state of an exam's day and after exists."""

import pytest

from lantoa.demo import content
from lantoa.demo.rules.practising import right, wrong
from lantoa.exams.models import Appeal, Attempt, Mark, Marking, Result, Sitting
from lantoa.exams.queries.verifying import verify_sitting
from lantoa.items.kinds import kind_of, kinds
from lantoa.items.models import Item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built")]


def of(title: str) -> Sitting:
    return Sitting.objects.get(exam__title=content.practical().title, title=title)


def test_a_question_of_every_kind_is_in_the_bank() -> None:
    assert set(Item.objects.values_list("kind", flat=True)) == {kind.name for kind in kinds()}


@pytest.mark.parametrize("task", content.practical().items, ids=lambda task: task.kind)
def test_right_is_right_and_wrong_is_wrong(task: content.Task) -> None:
    kind = kind_of(task.kind)
    if kind.by_people:
        assert right(task.kind, task.content) is None
        return
    picture = {"file": "", "alt": "", "width": 600, "height": 360}
    regular = kind.clean({**task.content, "image": picture})
    got, possible = kind.score(regular, right(task.kind, regular))
    assert got == possible > 0
    guess = wrong(task.kind, regular)
    assert kind.accepts(regular, guess)
    assert kind.score(regular, guess)[0] < possible


def test_the_first_sitting_is_out_and_somebody_appeals() -> None:
    sitting = of("Đợt 1")
    assert sitting.released_at is not None
    results = Result.objects.filter(attempt__sitting=sitting)
    assert not results.filter(waits_for_marks=True).exists()
    assert {passed for (passed,) in results.values_list("passed")} == {True, False}
    assert Appeal.objects.filter(attempt__sitting=sitting, decided_at=None).count() == 1
    assert Mark.objects.filter(attempt__sitting=sitting, ordinal=3).exists()  # two differed


def test_the_second_is_being_marked() -> None:
    markings = Marking.objects.filter(attempt__sitting=of("Đợt 2"))
    assert 0 < markings.filter(settled_at=None).count() < markings.count()


def test_in_the_third_people_are_at_work() -> None:
    attempts = Attempt.objects.filter(sitting=of("Đợt 3"))
    assert attempts.filter(started_at=None).exists()
    assert attempts.filter(started_at__isnull=False, submitted_at=None).exists()


@pytest.mark.parametrize("title", ["Đợt 1", "Đợt 2", "Đợt 3"])
def test_chains_receipts_and_results_are_sound(title: str) -> None:
    told = verify_sitting(of(title))
    assert told.attempts > 0
    assert told.differences == []
