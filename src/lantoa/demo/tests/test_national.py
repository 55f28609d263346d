"""The two national cases, in the tree of their time, read as then and as now."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from lantoa.accounts.middleware import SECOND_FACTOR_SEEN
from lantoa.certificates.models import Certificate
from lantoa.classes.models import TrainingClass
from lantoa.demo.build import CannotBuild
from lantoa.demo.scenarios.playing import play
from lantoa.demo.scenarios.staging import Staging, load_tree
from lantoa.frameworks.actions import load_presets
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, Unit
from lantoa.plans.models import Plan
from lantoa.programmes.models import Programme

MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"
Played = tuple[str, Staging, Client]


@pytest.mark.django_db
def test_a_case_of_then_does_not_mix_with_todays_units() -> None:
    create_unit(actor=None, code="VN", kind="country", name="Việt Nam", parent=None)
    with pytest.raises(CannotBuild, match="cần dữ liệu trống"):
        load_tree(before_reform=True, say=lambda _text: None)


@pytest.fixture(scope="module", params=["chuyen-gia-2020", "nong-cot-cap-xa-2022"])
def scenario(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Played]:
    with (
        django_db_blocker.unblock(),
        override_settings(PASSWORD_HASHERS=[MD5]),
        transaction.atomic(),
    ):
        load_presets(actor=None)
        load_tree(before_reform=True, say=lambda _text: None)
        staging = play(request.param, lambda _text: None)
        client = Client()
        client.force_login(staging.keeper)
        session = client.session
        session[SECOND_FACTOR_SEEN] = True
        session.save()
        yield request.param, staging, client
        transaction.set_rollback(True)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def coverage(staging: Staging, programme: Programme, on: str = "", unit: Unit | None = None) -> str:
    plan, place = Plan.objects.get(), unit or staging.province
    path = f"/plans/{plan.pk}/programmes/{programme.pk}/units/{place.pk}/"
    return path + (f"?on={on}" if on else "")


@pytest.mark.django_db
def test_the_figures_are_the_published_ones(scenario: Played) -> None:
    name, staging, client = scenario
    {"chuyen-gia-2020": _experts, "nong-cot-cap-xa-2022": _core}[name](staging, client)


def _experts(staging: Staging, client: Client) -> None:
    programme = Programme.objects.get()
    assert Person.objects.filter(enrolments__cohort__programme=programme).count() == 100
    page = text(client, coverage(staging, programme, "12/06/2020"))
    assert "100 trên 100 người đã hoàn thành" in page
    assert "Tỉnh Bắc Kạn" in page
    assert "Bộ Thông tin và Truyền thông" in page
    now = text(client, coverage(staging, programme))
    assert "100 trên 100 người đã hoàn thành" in now
    assert "Tỉnh Bắc Kạn" not in now
    page = text(client, f"/classes/{TrainingClass.objects.get().pk}/")
    assert "Lớp chuyên gia: 100 trên 100 chỗ" in page
    for day in ("11/06/2020", "12/06/2020"):
        assert page.count(f"{day} 08:00") == page.count(f"{day} 14:00") == 1
    assert "100 học viên" in page
    assert "Chuyên gia Chính phủ điện tử" in text(client, f"/programmes/{programme.pk}/")
    assert Certificate.objects.count() == 100
    assert "100" in text(client, "/certificates/")


def _core(staging: Staging, client: Client) -> None:
    leaders, pilot, main = Programme.objects.order_by("pk")
    assert "1.000 trên 1.000 người đã hoàn thành" in text(client, coverage(staging, leaders))
    assert "588 trên 600 người đã hoàn thành" in text(client, coverage(staging, pilot))
    chairs = Person.objects.filter(title="Chủ tịch UBND").count()
    assert chairs == Person.objects.filter(title="Phó Chủ tịch UBND").count() == 11_000
    said = "21.120 trên 22.000 người đã hoàn thành"
    then = text(client, coverage(staging, main, "22/05/2022"))
    now = text(client, coverage(staging, main))
    assert said in then
    assert said in now
    before = Unit.objects.get(name="Tỉnh Bắc Kạn", kind="province")
    assert before.name in then
    assert before.name not in now
    bac_kan = text(client, coverage(staging, main, "22/05/2022", before))
    assert "Huyện Chợ Đồn" in bac_kan
    plan = Plan.objects.get()
    assert "Tiếp thu góp ý của 600 cán bộ nòng cốt học thí điểm" in text(
        client, f"/plans/{plan.pk}/"
    )
    page = text(client, f"/plans/cohorts/{main.cohorts.get().pk}/")
    assert "06/05/2022" in page
    assert "22/05/2022" in page
    course = main.requirements.get(kind="course").course
    assert course is not None
    page = text(client, f"/courses/{course.pk}/edit/")
    for part in ("Kiến thức chung về chuyển đổi số", "Kinh tế số", "Xã hội số"):
        assert part in page
    version = course.versions.get()
    assert version.modules.count() == 5
    assert len(set(version.modules.values_list("part", flat=True))) == 3
    assert Certificate.objects.count() == 1_000 + 588 + 21_120
