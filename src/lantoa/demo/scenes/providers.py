"""A university teaches one of the specialists' classes, and its system has sent results, which wait
for the coordinator."""

from datetime import timedelta

from lantoa.accounts.actions import create_account
from lantoa.classes.models import TrainingClass
from lantoa.demo import cast
from lantoa.demo.stage import Stage
from lantoa.kernel import clock
from lantoa.providers.actions.assignments import assign
from lantoa.providers.actions.providers import add_staff, create_provider, make_key
from lantoa.providers.actions.results import receive_batch
from lantoa.providers.given import Given
from lantoa.providers.models import Assignment
from lantoa.providers.queries.people import code_of, people_listed

NAME = "Trường Đại học đối tác (minh họa)"
STAFF, EMAIL = "Đặng Minh Khoa", "truong@lantoa.example"
SENT = 24
STRANGER = Given(place=str(SENT + 1), name="Trần Văn Lạ", passed="1", score="8")


def hand_over(stage: Stage) -> None:
    """Nothing where no class of that matter was made: too few specialists."""
    taught = TrainingClass.objects.filter(requirement__title="An toàn, an ninh thông tin")
    made = taught.order_by("pk").last()
    if made is None or made.requirement is None:
        return
    actor = stage.user(cast.COORDINATOR.key)
    with clock.fixed(stage.moments.now - timedelta(days=3)):
        fields = {"name": NAME, "kind": "university", "contact": "Phòng Đào tạo"}
        provider = create_provider(actor=actor, unit=stage.province, fields=fields)
        create_account(actor=None, display_name=STAFF, email=EMAIL, password=cast.PASSWORD)
        add_staff(actor=actor, provider=provider, name=STAFF, email=EMAIL)
        key, _token = make_key(
            actor=actor,
            provider=provider,
            name="Hệ thống học tập của trường",
            addresses="",
            expires_on=stage.moments.today + timedelta(days=365),
        )
        assignment = assign(
            actor=actor,
            provider=provider,
            fields={
                "cohort": made.cohort,
                "requirement": made.requirement,
                "training_class": made,
                "until": stage.moments.today + timedelta(days=90),
            },
        )
    with clock.fixed(stage.moments.now - timedelta(days=1)):
        receive_batch(key=key, assignment=assignment, batch="dot-1", rows=_rows(stage, assignment))


def _rows(stage: Stage, assignment: Assignment) -> list[Given]:
    rng = stage.rng("providers")
    rows = []
    for number, one in enumerate(people_listed(assignment)[:SENT], start=1):
        score = rng.choice((4, 6, 7, 8, 9, 10))
        rows.append(
            Given(
                place=str(number),
                code=code_of(one.pk),
                name=one.person.full_name,
                score=str(score),
                reference=f"CN-{number:03}",
            )
        )
    return [*rows, STRANGER]
