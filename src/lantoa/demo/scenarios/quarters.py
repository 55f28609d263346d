"""A test every quarter on a university's own system, whose lists come back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from lantoa.demo.scenarios.staging import Staging
from lantoa.kernel import clock
from lantoa.programmes.models import Cohort, Enrolment, Requirement
from lantoa.providers.actions.applying import apply_results
from lantoa.providers.actions.assignments import assign
from lantoa.providers.actions.providers import create_provider, make_key
from lantoa.providers.actions.results import accept, receive_batch
from lantoa.providers.given import Given
from lantoa.providers.models import Provider, ProviderKey
from lantoa.providers.queries.people import code_of

NAME = "Trường Đại học đối tác (minh họa)"
DAYS = 91
# In points of ten, and how often: from five on it is passed.
POINTS, OFTEN = ("3", "4,5", "5", "6,5", "7", "8", "9", "10"), (2, 4, 12, 18, 22, 22, 14, 6)


def hold_quarters(staging: Staging, cohort: Cohort) -> None:
    with clock.fixed(staging.at(12)):
        provider = create_provider(
            actor=staging.keeper,
            unit=staging.province,
            fields={"name": NAME, "kind": Provider.Kind.UNIVERSITY},
        )
        key, _token = make_key(
            actor=staging.keeper,
            provider=provider,
            name="Hệ thống học tập của trường",
            addresses="",
            expires_on=staging.when + timedelta(days=400),
        )
    people = list(
        Enrolment.objects.filter(cohort=cohort).order_by("pk").values_list("pk", flat=True)
    )
    for number, requirement in enumerate(cohort.programme.requirements.order_by("position")):
        staging.say(f"{requirement.name}: {len(people)} kết quả của trường")
        tested = staging.at(60 + DAYS * number)
        _quarter(staging, cohort, requirement, key, people, tested)


def _quarter(
    staging: Staging,
    cohort: Cohort,
    requirement: Requirement,
    key: ProviderKey,
    people: Iterable[int],
    tested: datetime,
) -> None:
    rng = staging.rng(f"quarter/{requirement.position}")
    on = f"{tested:%d/%m/%Y}"
    rows = [
        Given(place=str(n), code=code_of(pk), score=rng.choices(POINTS, OFTEN)[0], on=on)
        for n, pk in enumerate(people, start=1)
    ]
    with clock.fixed(tested + timedelta(days=5)):
        assignment = assign(
            actor=staging.keeper,
            provider=key.provider,
            fields={"cohort": cohort, "requirement": requirement, "until": cohort.closes_on},
        )
        of = receive_batch(key=key, assignment=assignment, batch=requirement.name, rows=rows)
        accept(actor=staging.keeper, of=of)
        apply_results(actor=staging.keeper, of=of, say=lambda _done, _of: None)
    staging.settle()
