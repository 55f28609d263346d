"""The published figures of past years come out of the pages exactly."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from lantoa.accounts.middleware import SECOND_FACTOR_SEEN
from lantoa.audit.models import Event
from lantoa.classes.models import Meeting, TrainingClass
from lantoa.demo.build import CannotBuild
from lantoa.demo.scenarios import bridge_2021, quang_ninh_2018
from lantoa.demo.scenarios.playing import SCENARIOS, play, played
from lantoa.demo.scenarios.staging import Staging
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Unit
from lantoa.plans.models import Plan
from lantoa.programmes.models import Enrolment, Programme

MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"
Played = tuple[str, Staging, Client]


@pytest.fixture(scope="module", params=["cau-truyen-hinh-2021", "quang-ninh-2018"])
def scenario(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Played]:
    name: str = request.param
    with (
        django_db_blocker.unblock(),
        override_settings(PASSWORD_HASHERS=[MD5]),
        transaction.atomic(),
    ):
        country = create_unit(actor=None, code="VN", kind="country", name="Việt Nam", parent=None)
        create_unit(
            actor=None,
            code=SCENARIOS[name].CODE,
            kind="province",
            name="Tỉnh của năm ấy",
            parent=country,
        )
        staging = play(name, lambda _text: None)
        staging.settle()
        client = Client()
        client.force_login(staging.keeper)
        session = client.session
        session[SECOND_FACTOR_SEEN] = True
        session.save()
        yield name, staging, client
        transaction.set_rollback(True)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.django_db
def test_the_figures_are_the_published_ones(scenario: Played) -> None:
    name, staging, client = scenario
    {
        "quang-ninh-2018": _quang_ninh,
        "cau-truyen-hinh-2021": _bridge,
    }[name](staging, client)


def _quang_ninh(staging: Staging, client: Client) -> None:
    basic, special = Programme.objects.order_by("pk")
    page = text(client, f"/classes/?state=all&programme={basic.pk}")
    assert "266 lớp, 10.592 lượt người" in page
    assert "7.000 người khác nhau" in page
    page = text(client, f"/classes/?state=ended&programme={special.pk}")
    assert "24 lớp, 925 lượt người" in page
    plan = Plan.objects.get()
    path = f"/plans/{plan.pk}/programmes/{basic.pk}/units/{staging.province.pk}/"
    assert "10.592" in text(client, path)
    tree = text(client, path + "quotas/tree/?measure=times")
    assert "10.592" in tree
    assert Unit.objects.filter(is_remote=True).count() == len(quang_ninh_2018.REMOTE)
    register = text(client, f"/people/units/{staging.province.pk}/qualifications")
    assert "241" in register
    for count in (7, 188, 32, 14):
        assert f" {count} " in register


def _bridge(staging: Staging, client: Client) -> None:
    made = TrainingClass.objects.get()
    assert "14.600 trên 14.600 chỗ" in text(client, f"/classes/{made.pk}/")
    assert Meeting.objects.count() == bridge_2021.DAYS
    assert "192 điểm cầu" in text(client, f"/classes/{made.pk}/points/")
    last = Meeting.objects.order_by("-starts_at")[0]
    board = client.get(f"/classes/meetings/{last.pk}/board/").content.decode()
    assert board.count('data-light="closed"') == bridge_2021.VENUES
    absent = made.members.count() - last.presences.filter(standing="present").count()
    missing = text(client, f"/classes/meetings/{last.pk}/missing/")
    assert f"{absent} người chưa có mặt" in missing
    completed = Enrolment.objects.filter(completed_at__isnull=False).count()
    ended = Event.objects.get(action="classes.end_class").data
    assert ended == {"members": bridge_2021.PEOPLE, "passed": completed}
    plan, programme = Plan.objects.get(), Programme.objects.get()
    path = f"/plans/{plan.pk}/programmes/{programme.pk}/units/{staging.province.pk}/"
    assert f"{completed:,}".replace(",", ".") in text(client, path)


@pytest.mark.django_db
def test_a_scenario_goes_into_empty_data_only(scenario: Played) -> None:
    name, _staging, _client = scenario
    assert played() == name
    with pytest.raises(CannotBuild):
        play(name, lambda _text: None)
