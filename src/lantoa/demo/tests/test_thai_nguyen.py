"""Thái Nguyên: 250 and 25.000 people, five courses, four quarters; 92 communes and 40 agencies."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Count
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from lantoa.accounts.middleware import SECOND_FACTOR_SEEN
from lantoa.classes.models import TrainingClass
from lantoa.demo.scenarios import thai_nguyen_2025
from lantoa.demo.scenarios.playing import play
from lantoa.demo.scenarios.staging import Staging
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Unit
from lantoa.plans.models import Plan
from lantoa.programmes.models import Enrolment, Outcome, Programme
from lantoa.providers.models import Assignment

MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"
COMMUNES = 92
Played = tuple[Staging, Client]


@pytest.fixture(scope="module")
def scenario(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Played]:
    with (
        django_db_blocker.unblock(),
        override_settings(PASSWORD_HASHERS=[MD5]),
        transaction.atomic(),
    ):
        country = create_unit(actor=None, code="VN", kind="country", name="Việt Nam", parent=None)
        province = create_unit(
            actor=None, code="19", kind="province", name="Tỉnh Thái Nguyên", parent=country
        )
        for number in range(COMMUNES):
            create_unit(
                actor=None, code=f"05{number:03}", kind="commune", name=f"Xã số {number + 1:02}",
                parent=province,
            )  # fmt: skip
        staging = play("thai-nguyen-2025", lambda _text: None)
        staging.settle()
        client = Client()
        client.force_login(staging.keeper)
        session = client.session
        session[SECOND_FACTOR_SEEN] = True
        session.save()
        yield staging, client
        transaction.set_rollback(True)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.django_db
def test_the_figures_come_out_of_the_pages(scenario: Played) -> None:
    staging, client = scenario
    deep, wide = Programme.objects.order_by("pk")
    plan = Plan.objects.get()
    page = text(client, f"/classes/?state=ended&programme={deep.pk}")
    assert "15 lớp, 1.250 lượt người" in page
    assert "250 người khác nhau" in page
    sizes = TrainingClass.objects.annotate(n=Count("members")).values_list("n", flat=True)
    assert len(sizes) == 15
    assert all(80 <= n <= 90 for n in sizes)
    titles = TrainingClass.objects.values_list("requirement__title", flat=True)
    assert set(titles) == set(thai_nguyen_2025.COURSES)
    for programme, count in ((deep, "250"), (wide, "25.000")):
        page = text(
            client, f"/plans/{plan.pk}/programmes/{programme.pk}/units/{staging.province.pk}/"
        )
        assert f"trên {count}" in page
    assert Unit.objects.filter(parent=staging.province).count() == COMMUNES + 40


@pytest.mark.django_db
def test_every_quarters_results_by_agency(scenario: Played) -> None:
    _staging, client = scenario
    assignments = list(Assignment.objects.order_by("pk"))
    assert [a.requirement.title for a in assignments] == [
        f"Kiểm tra quý {q}" for q in ("I", "II", "III", "IV")
    ]
    for one in assignments:
        page = text(client, f"/providers/assignments/{one.pk}/")
        assert "25.000 trên 25.000 người có kết quả" in page
    assert Outcome.objects.filter(requirement__programme__code="TN-B").count() == 100_000
    wide = Programme.objects.get(code="TN-B")
    done = Enrolment.objects.filter(cohort__programme=wide, completed_at__isnull=False)
    passed = Outcome.objects.filter(requirement__programme=wide, passed=True)
    four = passed.values("enrolment").annotate(n=Count("pk")).filter(n=4)
    assert 15_000 < done.count() == four.count() < 25_000
    plan = Plan.objects.get()
    # Any agency's own line, as its page and the province's say it.
    agency = Unit.objects.get(name__startswith="Trường học số 03")
    completed = done.filter(unit=agency).count()
    asked = Enrolment.objects.filter(cohort__programme=wide, unit=agency).count()
    page = text(client, f"/plans/{plan.pk}/programmes/{wide.pk}/units/{agency.pk}/")
    assert f"{completed} trên {asked}" in page
