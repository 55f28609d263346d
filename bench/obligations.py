"""Obligations: 25.000 people × 6 rules made anew, recomputed, and one transfer."""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction

from bench.support.figures import markdown
from lantoa.kernel import clock
from lantoa.obligations.actions.recompute import recompute_all
from lantoa.obligations.models import Obligation, Rule
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, Unit
from lantoa.programmes.actions import NewRequirement, create_programme, enrol, open_cohort
from lantoa.programmes.models import Enrolment

Say = Callable[[str], object]
UNITS, PEOPLE, RULES, TRANSFERS = 132, 25_000, 6, 40


def _province() -> tuple[Unit, list[Unit], list[Person]]:
    province = create_unit(actor=None, code="", kind="agency", name="Tỉnh đo quy định", parent=None)
    units = [
        create_unit(actor=None, code="", kind="agency", name=f"Đơn vị {n:03}", parent=province)
        for n in range(UNITS)
    ]
    people = Person.objects.bulk_create(
        [
            Person(
                unit=units[n % UNITS],
                given_name=f"Người {n}",
                sort_key=f"{n:05}",
                search_key=f"nguoi {n}",
                category="civil_servant",
                is_leader=n % 3 == 0,
            )
            for n in range(PEOPLE)
        ],
        batch_size=1000,
    )
    return province, units, people


def _rules(province: Unit, people: list[Person]) -> None:
    today = clock.today()
    for number in range(RULES):
        asked = [NewRequirement(title="Lớp", periods=8, attendance=80)]
        programme = create_programme(
            actor=None, unit=province, code=f"BO{province.pk}-{number}", title="x",
            requirements=asked,
        )  # fmt: skip
        cohort = open_cohort(
            programme=programme, unit=province, name="Đợt", opens_on=today,
            closes_on=today + timedelta(days=9), actor=None,
        )  # fmt: skip
        enrol(cohort=cohort, persons=people[number::2], actor=None)
        done = Enrolment.objects.filter(cohort=cohort, person__is_leader=True)
        done.update(started_at=clock.now(), completed_at=clock.now())
        Rule.objects.create(
            unit=province,
            title=f"Quy định {number}",
            legal_basis="x",
            programme=programme,
            starts_on=today.replace(month=1, day=1),
            due_on=today.replace(month=12, day=31),
            whom={"categories": ["civil_servant"]},
        )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    """`learners` isn't asked for here."""
    with transaction.atomic():
        say(f"{PEOPLE} người, {RULES} quy định …")
        province, units, people = _province()
        _rules(province, people)
        first = _timed(recompute_all)
        again = _timed(recompute_all)
        rows = Obligation.objects.count()
        taken = []
        for number in range(TRANSFERS):
            person = people[number * 601]
            Person.objects.filter(pk=person.pk).update(unit=units[(number * 7 + 1) % UNITS])
            ids = [person.pk]
            taken.append(_timed(lambda ids=ids: recompute_all(ids)) * 1000)  # type: ignore[misc]
        transaction.set_rollback(True)
    return {
        "rows": rows,
        "first_s": round(first, 1),
        "again_s": round(again, 1),
        "transfer_ms": round(statistics.median(taken), 1),
        "transfer_p95_ms": round(sorted(taken)[int(len(taken) * 0.95)], 1),
    }


def table(figures: dict[str, Any]) -> str:
    return markdown([[name, value] for name, value in figures.items()], ["what", "figure"])
