"""The leader's page, and the command that loads outlines for it."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lantoa.courses.models import Course, CourseVersion
from lantoa.kernel import clock
from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.plans.actions import (
    PlanFields,
    create_plan,
    issue_plan,
    open_planned_cohort,
    set_quotas,
)
from lantoa.plans.indicators import INDICATORS
from lantoa.plans.models import Plan
from lantoa.plans.models.quotas import Book
from lantoa.programmes.actions import NewRequirement, create_programme, enrol
from lantoa.programmes.models import Enrolment
from lantoa.reports.models import UnitShape

OVERVIEW = "/reports/"


@pytest.fixture
def plan(
    province: Unit, commune: Unit, other_commune: Unit, make_person: Callable[..., Person]
) -> Plan:
    course = Course.objects.create(unit=province, code="K1", title="Chuyển đổi số")
    CourseVersion.objects.create(course=course, number=1, published_at=clock.now())
    programme = create_programme(
        actor=None,
        unit=province,
        code="CT1",
        title="Lãnh đạo cấp xã",
        requirements=[NewRequirement(course=course)],
    )
    plan = issue_plan(
        actor=None,
        plan=create_plan(
            actor=None,
            unit=province,
            fields=PlanFields(
                title="Kế hoạch 2022",
                decision_number="1210/QĐ-UBND",
                decision_date=date(2022, 3, 1),
                starts_on=date(2022, 4, 1),
                ends_on=date(2099, 12, 31),
                programmes=[programme],
            ),
        ),
    )
    today = clock.today()
    cohort = open_planned_cohort(
        plan=plan,
        programme=programme,
        name="Đợt 1",
        opens_on=today,
        closes_on=today + timedelta(days=30),
        actor=None,
    )
    people = [make_person("Nguyễn Văn An", commune), make_person("Lê Thị Bình", other_commune)]
    enrol(cohort=cohort, persons=people, actor=None)
    Enrolment.objects.filter(person=people[0]).update(completed_at=clock.now())
    set_quotas(
        actor=None,
        book=Book(plan, programme),
        counts={province.pk: 5, commune.pk: 2, other_commune.pk: 3},
    )
    return plan


@pytest.fixture
def client_of(
    country: Unit,
    make_person: Callable[..., Person],
    grant: Callable[..., RoleGrant],
    signed_in: Callable[..., Client],
) -> Callable[[str, Unit], Client]:
    def make(role: str, unit: Unit) -> Client:
        person = make_person("Người Xem", country)
        grant(person, role, unit)
        return signed_in(person)

    return make


def test_the_page_answers_first(
    plan: Plan, province: Unit, client_of: Callable[[str, Unit], Client]
) -> None:
    answer = client_of("leader", province).get(OVERVIEW)
    page = answer.content.decode()
    assert "Tỉnh Thái Nguyên: 1 trên 5 người đã hoàn thành" in page
    assert "số liệu lúc" in page
    assert [r.unit.name for r in answer.context["first"]] == ["Xã Văn Hán", "Xã Phú Đình"]
    assert answer.context["under_half"] == 1
    assert "lt-mosaic" in page, "without outlines a mosaic"
    assert "style=" not in page


def test_a_leader_sees_only_what_is_below(
    plan: Plan,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    client_of: Callable[[str, Unit], Client],
) -> None:
    client = client_of("leader", commune)
    page = client.get(OVERVIEW).content.decode()
    assert "Xã Phú Đình: 1 trên 2" in page
    assert "Xã Văn Hán" not in page
    for unit in (province.pk, other_commune.pk, "x", 999):
        assert client.get(OVERVIEW, {"unit": unit}).status_code == 404
        assert client.get("/reports/export/", {"unit": unit}).status_code == 404
    assert client.get(OVERVIEW, {"of": "9-9"}).status_code == 404
    assert client.get("/reports/export/").status_code == 200


def test_others_get_nothing(
    plan: Plan,
    country: Unit,
    commune: Unit,
    make_person: Callable[..., Person],
    signed_in: Callable[..., Client],
) -> None:
    learner = signed_in(make_person("Học Viên", commune))
    assert learner.get(OVERVIEW).status_code == 404
    assert learner.get("/reports/export/").status_code == 404
    assert Client().get(OVERVIEW).status_code == 302
    words = learner.get("/reports/definitions/").content.decode()
    for indicator in INDICATORS:
        assert str(indicator.meaning) in words


def test_nothing_to_report_says_how_to_begin(
    province: Unit, client_of: Callable[[str, Unit], Client]
) -> None:
    page = client_of("leader", province).get(OVERVIEW).content.decode()
    assert "Chưa có kế hoạch nào để báo cáo" in page


def test_few_queries(
    plan: Plan,
    province: Unit,
    client_of: Callable[[str, Unit], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("leader", province)
    client.get("/reports/definitions/")
    with django_assert_max_num_queries(16):
        client.get(OVERVIEW)


def _file(folder: Path, *codes: Any) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": f"Xã {code}"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[105 + n, 21], [105 + n, 22], [106 + n, 22], [106 + n, 21], [105 + n, 21]]
                ],
            },
        }
        for n, code in enumerate(codes)
    ]
    path = folder / "shapes.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_loaded_outlines_make_a_map(
    plan: Plan,
    province: Unit,
    tmp_path: Path,
    client_of: Callable[[str, Unit], Client],
    capsys: pytest.CaptureFixture[str],
) -> None:
    # 5441 has lost its zero on the way through a spreadsheet.
    call_command("load_shapes", str(_file(tmp_path, "05440", 5441, "99999")), source="Sở TN")
    said = capsys.readouterr().out
    assert "Đã nạp hình của 2 đơn vị" in said
    assert "99999" in said
    page = client_of("leader", province).get(OVERVIEW).content.decode()
    assert 'role="img"' in page
    assert "Quần đảo Hoàng Sa" in page
    assert "Quần đảo Trường Sa" in page
    assert "Xã Phú Đình: 50%" in page
    assert "Sở TN" in page
    assert "style=" not in page
    call_command("load_shapes", str(_file(tmp_path, "05440")))
    assert UnitShape.objects.count() == 2, "loading again replaces, nothing doubles"


def test_a_file_that_matches_nothing_or_is_none_is_refused(province: Unit, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không hình nào khớp"):
        call_command("load_shapes", str(_file(tmp_path, "1", "2")))
    with pytest.raises(CommandError, match="Không có tệp"):
        call_command("load_shapes", str(tmp_path / "none.json"))
    wrong = tmp_path / "x.json"
    wrong.write_bytes(b"PK\x03\x04")
    with pytest.raises(CommandError, match="JSON"):
        call_command("load_shapes", str(wrong))
    assert not UnitShape.objects.exists()
