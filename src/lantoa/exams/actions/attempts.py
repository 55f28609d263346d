"""Making the rows of attempts: candidate, bundle, seed. Nothing starts here."""

import secrets
import time
from collections.abc import Sequence

from django.conf import settings

from lantoa.exams.models import Attempt, Candidate, Exam, Sitting
from lantoa.exams.queries.standings import MySitting
from lantoa.items.actions import compile_pool
from lantoa.items.models import Blueprint, Bundle
from lantoa.people.models import Person

SEED_BITS = 62

_compiled: dict[int, tuple[float, int]] = {}


def new_seed() -> int:
    """Nobody should be able to guess the next candidate's paper."""
    return secrets.randbits(SEED_BITS)


def _pool(blueprint: Blueprint) -> Bundle:
    """The bank as a bundle; compiled anew at most every `LANTOA_BUNDLE_SECONDS`, since a whole
    cohort may begin within minutes."""
    at, pk = _compiled.get(blueprint.pk, (0.0, 0))
    if pk and time.monotonic() - at < settings.LANTOA_BUNDLE_SECONDS:
        found = Bundle.objects.filter(pk=pk).first()
        if found is not None:
            return found
    bundle = compile_pool(actor=None, blueprint=blueprint)
    _compiled[blueprint.pk] = (time.monotonic(), bundle.pk)
    return bundle


def bundles_for(exam: Exam) -> list[Bundle]:
    """The bundles that attempts of this exam are dealt from: those of its forms, or the pool that
    each candidate's form is drawn from. Raises items' BankTooSmall."""
    forms = list(exam.forms.filter(bundle__isnull=False).select_related("bundle").order_by("code"))
    if forms:
        return [form.bundle for form in forms if form.bundle is not None]
    return [_pool(exam.blueprint)]


def bundle_of(sitting: Sitting, place: int) -> Bundle:
    """The bundle of the candidate at this place: neighbours get different forms. A sitting opened
    ahead of time deals from what was compiled then."""
    prepared = list(sitting.bundles.order_by("id")) if sitting.prepared_at else []
    bundles: Sequence[Bundle] = prepared or bundles_for(sitting.exam)
    return bundles[place % len(bundles)]


def candidate_of(person: Person, mine: MySitting) -> Candidate:
    """The person's row in the sitting, made at the first start where nobody put them in before."""
    enrolment = mine.enrolment
    candidate, _new = Candidate.objects.get_or_create(
        sitting=mine.sitting,
        person=person,
        defaults={
            "unit_id": enrolment.unit_id if enrolment else person.unit_id,
            "enrolment": enrolment,
        },
    )
    return candidate


def new_attempt(candidate: Candidate, sitting: Sitting, number: int) -> Attempt:
    return Attempt.objects.create(
        sitting=sitting,
        candidate=candidate,
        bundle=bundle_of(sitting, candidate.pk + number - 1),
        seed=new_seed(),
        number=number,
    )
