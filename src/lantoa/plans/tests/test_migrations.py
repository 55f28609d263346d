"""What stood before the ledger is in it afterwards, and plans that stood were issued; and back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("plans", "0002_which_programmes")]
NEWEST = [("plans", "0005_needs_reviews")]


def migrated(to: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    yield migrated(BEFORE)
    migrated(NEWEST)


def test_standing_quotas_open_the_ledger_and_standing_plans_were_issued(before: Any) -> None:
    unit = before.get_model("people", "Unit")
    province = unit.objects.create(
        code="19", kind="province", name="Tỉnh Thái Nguyên", sort_key="a", search_key="a"
    )
    commune = unit.objects.create(
        code="05440", kind="commune", name="Xã", parent=province, sort_key="b", search_key="b"
    )
    programme = before.get_model("programmes", "Programme").objects.create(
        unit=province, code="CT", title="Lãnh đạo cấp xã"
    )
    plan = before.get_model("plans", "Plan").objects.create(
        unit=province,
        title="Kế hoạch 2022",
        decision_number="1210/QĐ-UBND",
        decision_date=date(2022, 3, 1),
        starts_on=date(2022, 4, 1),
        ends_on=date(2022, 12, 31),
        legal_basis="QĐ 146/QĐ-TTg",
        created_by_id=7,
    )
    plan.programmes.add(programme)
    quota = before.get_model("plans", "Quota")
    for of, persons in ((province, 100), (commune, 60)):
        quota.objects.create(plan=plan, programme=programme, unit=of, persons=persons)

    after = migrated(NEWEST)
    held = after.get_model("plans", "Quota").objects.order_by("unit")
    assert list(held.values_list("unit", "measure", "count")) == [
        (province.pk, "persons", 100),
        (commune.pk, "persons", 60),
    ]
    lines = after.get_model("plans", "QuotaLine").objects.order_by("taker")
    assert list(lines.values_list("way", "giver", "taker", "count", "posting__kind")) == [
        ("down", None, province.pk, 100, "opening"),
        ("down", province.pk, commune.pk, 60, "opening"),
    ]
    now = after.get_model("plans", "Plan").objects.get()
    assert now.state == "issued"
    step = after.get_model("plans", "PlanStep").objects.get(plan=now)
    assert (step.kind, step.version, step.by_id) == ("issue", 1, 7)
    assert step.content["quotas"] == [["Lãnh đạo cấp xã", "persons", 100]]
    assert step.content["legal_basis"] == ["QĐ 146/QĐ-TTg"]

    back = migrated(BEFORE)
    rows = back.get_model("plans", "Quota").objects.order_by("unit")
    assert list(rows.values_list("persons", flat=True)) == [100, 60]
