from datetime import date, datetime, time, timedelta

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.models import Exam, Sitting
from lantoa.items.models import Blueprint
from lantoa.kernel.clock import VIETNAM
from lantoa.programmes.models import Cohort, Requirement


def window(opens_on: date, closes_on: date) -> tuple[datetime, datetime]:
    """From 00:00 of the first day to 24:00 of the last, in Vietnam."""
    opens = datetime.combine(opens_on, time.min, tzinfo=VIETNAM)
    closes = datetime.combine(closes_on + timedelta(days=1), time.min, tzinfo=VIETNAM)
    return opens, closes


@transaction.atomic
def open_sittings(*, actor: User | None, cohort: Cohort) -> list[Sitting]:
    """Hold a sitting for each exam that the cohort's programme asks for; those held already stay.
    Returns the new ones."""
    asked = cohort.programme.requirements.filter(kind=Requirement.Kind.EXAM)
    made = []
    for requirement in asked.select_related("blueprint"):
        if requirement.blueprint is None:  # the table says never; its type doesn't know
            continue
        exam, is_new = Exam.objects.get_or_create(
            cohort=cohort,
            requirement=requirement,
            defaults=_final_test(cohort, requirement.blueprint),
        )
        if is_new:
            opens_at, closes_at = window(cohort.opens_on, cohort.closes_on)
            sitting = Sitting.objects.create(exam=exam, opens_at=opens_at, closes_at=closes_at)
            record(actor=actor, action="exams.open_sitting", on=sitting)
            made.append(sitting)
    return made


def _final_test(cohort: Cohort, blueprint: Blueprint) -> dict[str, object]:
    return {
        "unit_id": cohort.unit_id,
        "title": blueprint.title,
        "blueprint": blueprint,
        "legal_basis": blueprint.legal_basis,
    }


@transaction.atomic
def move_sittings(*, actor: User | None, cohort: Cohort) -> int:
    """Let the cohort's own sittings follow its window. An attempt under way keeps its deadline."""
    opens_at, closes_at = window(cohort.opens_on, cohort.closes_on)
    moved = 0
    held = Sitting.objects.filter(
        exam__cohort=cohort, by_roster=False, period="", makes_up_for=None
    )
    for sitting in held.exclude(opens_at=opens_at, closes_at=closes_at):
        sitting.opens_at, sitting.closes_at = opens_at, closes_at
        sitting.save(update_fields=["opens_at", "closes_at"])
        record(
            actor=actor,
            action="exams.move_sitting",
            on=sitting,
            data={"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()},
        )
        moved += 1
    return moved
