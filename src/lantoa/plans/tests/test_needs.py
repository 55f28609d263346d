"""The review of needs: each unit states its own, sums go up and become a plan's proposed quotas."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lantoa.audit.models import Event
from lantoa.kernel import clock
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Unit
from lantoa.plans.actions import close_review, open_review, state_needs
from lantoa.plans.models import NeedsReview, NeedStatement, Plan, Quota
from lantoa.plans.queries.needs import ReviewScope, need_table
from lantoa.programmes.models import Programme


def url(name: str, review: NeedsReview, *more: int) -> str:
    return reverse(f"plans:{name}", args=[review.pk, *more])


@pytest.fixture
def review(province: Unit, programme: Programme) -> NeedsReview:
    return open_review(
        actor=None,
        unit=province,
        title="Rà soát 2027",
        year=2027,
        due_on=clock.today() + timedelta(days=20),
        programmes=[programme],
    )


def test_a_province_asks_its_units_state_and_the_sums_go_up(
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    programme: Programme,
    coordinator: Client,
    commune_coordinator: Client,
) -> None:
    asked = {
        "unit": province.pk,
        "title": "Rà soát 2027",
        "year": "2027",
        "due_on": "30/11/2026",
        "programmes": [programme.pk],
    }
    assert coordinator.post(reverse("plans:new_review"), asked).status_code == 302
    review = NeedsReview.objects.get()
    again = coordinator.post(reverse("plans:new_review"), asked).content.decode()
    assert "Đã có đợt rà soát này" in again

    door = url("statement", review, commune.pk)
    field = f"n{programme.pk}_civil_servants"
    wrong = commune_coordinator.post(door, {field: "mười", "note": "xa"})
    assert wrong.status_code == 422
    assert 'value="mười"' in wrong.content.decode()
    assert 'value="xa"' in wrong.content.decode()
    assert not NeedStatement.objects.exists()
    stated = {field: "12", f"n{programme.pk}_leaders": "1.003"}
    assert commune_coordinator.post(door, stated).status_code == 302

    page = coordinator.get(url("review", review)).content.decode()
    assert "Tỉnh Thái Nguyên: 1 trên" in page
    assert "1.015" in page
    own = commune_coordinator.get(url("review", review)).content.decode()
    assert f"{commune.name}: 1 trên 1 đơn vị đã kê khai" in own
    assert 'value="1.003"' in commune_coordinator.get(door).content.decode()


def test_nobody_needing_anything_is_an_answer(
    review: NeedsReview, commune: Unit, commune_coordinator: Client
) -> None:
    assert commune_coordinator.post(url("statement", review, commune.pk), {}).status_code == 302
    assert NeedStatement.objects.get().needs.count() == 0
    assert "1 trên 1" in commune_coordinator.get(url("review", review)).content.decode()


def test_stating_again_takes_the_place_of_what_was_stated_and_the_event_keeps_both(
    review: NeedsReview, commune: Unit, programme: Programme
) -> None:
    key = (programme.pk, "officials")
    state_needs(actor=None, review=review, unit=commune, counts={key: 5})
    state_needs(actor=None, review=review, unit=commune, counts={key: 8})
    assert [need.count for need in NeedStatement.objects.get().needs.all()] == [8]
    last = Event.objects.filter(action="plans.state_needs").order_by("-id")[0]
    name = f"{programme.pk}.officials"
    assert last.data["needs"] == [{name: 5}, {name: 8}]


def test_who_is_beside_neither_reads_nor_states(
    review: NeedsReview,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    commune_coordinator: Client,
    leader: Client,
    stranger: Client,
    learner: Client,
) -> None:
    for unit in (province, other_commune):
        for name in ("review_unit", "review_export", "statement"):
            assert commune_coordinator.get(url(name, review, unit.pk)).status_code == 404
        door = url("statement", review, unit.pk)
        assert commune_coordinator.post(door, {}).status_code == 404
    assert leader.get(url("review", review)).status_code == 200
    assert leader.post(url("statement", review, commune.pk), {}).status_code == 404
    for client in (commune_coordinator, leader, stranger, learner):
        assert client.post(url("close_review", review)).status_code == 404
        assert client.post(url("plan_from_needs", review)).status_code == 404
    for client in (stranger, learner):
        assert client.get(url("review", review)).status_code == 404
    assert not NeedStatement.objects.exists()


def test_a_closed_review_takes_nothing_more(
    review: NeedsReview, commune: Unit, coordinator: Client, commune_coordinator: Client
) -> None:
    assert coordinator.post(url("close_review", review)).status_code == 302
    assert commune_coordinator.post(url("statement", review, commune.pk), {}).status_code == 404
    assert "Đã khép lại" in commune_coordinator.get(url("review", review)).content.decode()
    with pytest.raises(Exception, match="đã khép lại"):
        close_review(actor=None, review=review)


def test_a_plan_is_drafted_with_the_sums_as_quotas(
    review: NeedsReview,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    programme: Programme,
    coordinator: Client,
) -> None:
    draft = url("plan_from_needs", review)
    nothing = coordinator.post(draft, follow=True).content.decode()
    assert "Chưa đơn vị nào kê khai nhu cầu" in nothing
    clinic = create_unit(actor=None, code="", kind="agency", name="Trạm Y tế", parent=commune)
    for unit, group, count in (
        (commune, "officials", 7),
        (clinic, "public_employees", 4),
        (other_commune, "officials", 9),
    ):
        counts = {(programme.pk, group): count}
        state_needs(actor=None, review=review, unit=unit, counts=counts)
    assert coordinator.post(draft).status_code == 302
    plan = Plan.objects.get()
    assert plan.state == Plan.State.DRAFT
    assert (plan.starts_on, plan.ends_on) == (date(2027, 1, 1), date(2027, 12, 31))
    assert plan.target_groups == ["officials", "public_employees"]
    assert dict(Quota.objects.values_list("unit_id", "count")) == {
        province.pk: 20,
        commune.pk: 11,
        clinic.pk: 4,
        other_commune.pk: 9,
    }
    assert "Đã lập bản thảo" in coordinator.post(draft, follow=True).content.decode()
    assert Plan.objects.count() == 1


def test_the_table_asks_as_often_for_many_units_as_for_few(
    review: NeedsReview,
    province: Unit,
    commune: Unit,
    programme: Programme,
    coordinator: Client,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(12):
        unit = create_unit(actor=None, code="", kind="agency", name=f"Sở {n}", parent=province)
        counts = {(programme.pk, "officials"): n + 1}
        state_needs(actor=None, review=review, unit=unit, counts=counts)
    scope = ReviewScope(review, [programme], province, can_state=True, can_manage=True)
    with django_assert_max_num_queries(7):
        table = need_table(scope)
    assert table.total.sums == [78]
    assert table.total.stated == 12
    sheet = coordinator.get(url("review_export", review, province.pk))
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
