"""Who is asking: a coordinator acts in their units, a leader reads, beside is 404, GET and POST."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lantoa.people.models import Unit
from lantoa.plans.models import Plan
from lantoa.programmes.models import Cohort, Enrolment, Programme

SCOPED = [
    "coverage",
    "coverage_export",
    "people",
    "people_export",
    "quotas",
    "ledger",
    "quota_tree",
    "quota_tree_export",
]
SCOPED_POST = ["remind", "quotas", "paste_quotas", "share_quotas"]


def _scope(plan: Any, programme: Any, unit: Any) -> list[int]:
    return [plan.pk, programme.pk, unit.pk]


@pytest.mark.parametrize("name", SCOPED)
def test_reading_reaches_down_and_not_beside(
    name: str,
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    enrolled: list[Enrolment],
    quotas: None,
    coordinator: Client,
    commune_coordinator: Client,
    leader: Client,
    stranger: Client,
    learner: Client,
) -> None:
    whole = reverse(f"plans:{name}", args=_scope(plan, programme, province))
    own = reverse(f"plans:{name}", args=_scope(plan, programme, commune))
    beside = reverse(f"plans:{name}", args=_scope(plan, programme, other_commune))
    assert coordinator.get(whole).status_code == 200
    assert leader.get(whole).status_code == 200
    assert commune_coordinator.get(own).status_code == 200
    for url in (whole, beside):
        assert commune_coordinator.get(url).status_code == 404
    for url in (whole, own):
        assert stranger.get(url).status_code == 404
        assert learner.get(url).status_code == 404


@pytest.mark.parametrize("name", SCOPED_POST)
def test_a_leader_changes_nothing_and_neighbours_neither(
    name: str,
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    enrolled: list[Enrolment],
    leader: Client,
    commune_coordinator: Client,
    stranger: Client,
) -> None:
    url = reverse(f"plans:{name}", args=_scope(plan, programme, province))
    data = {f"u{commune.pk}": "5", "pasted": "Xã Phú Đình\t5", "total": "5"}
    for client in (leader, commune_coordinator, stranger):
        assert client.post(url, data).status_code == 404
    assert not plan.quotas.exists()


def test_plan_pages(
    plan: Plan,
    coordinator: Client,
    commune_coordinator: Client,
    leader: Client,
    stranger: Client,
    learner: Client,
) -> None:
    page, edit = reverse("plans:plan", args=[plan.pk]), reverse("plans:edit_plan", args=[plan.pk])
    cohort = reverse("plans:new_cohort", args=[plan.pk])
    for client in (coordinator, commune_coordinator, leader):
        assert client.get(page).status_code == 200
    for client in (stranger, learner):
        assert client.get(page).status_code == 404
    for url in (edit, cohort):
        assert coordinator.get(url).status_code == 200
        for client in (commune_coordinator, leader, stranger, learner):
            assert client.get(url).status_code == 404
            assert client.post(url, {"title": "X"}).status_code == 404
    assert learner.get(reverse("plans:plans")).status_code == 404
    assert leader.get(reverse("plans:plans")).status_code == 200
    assert leader.get(reverse("plans:new_plan")).status_code == 404


def test_cohort_pages(
    cohort: Cohort,
    enrolled: list[Enrolment],
    coordinator: Client,
    commune_coordinator: Client,
    leader: Client,
    stranger: Client,
    learner: Client,
) -> None:
    reached = [reverse(f"plans:{n}", args=[cohort.pk]) for n in ("cohort", "enrol", "pick")]
    edit = reverse("plans:edit_cohort", args=[cohort.pk])
    for url in reached:
        assert coordinator.get(url).status_code == 200
        assert commune_coordinator.get(url).status_code == 200
        for client in (leader, stranger, learner):
            assert client.get(url).status_code == 404
            assert client.post(url).status_code in (404, 405)
    assert coordinator.get(edit).status_code == 200
    assert commune_coordinator.get(edit).status_code == 404


def test_withdrawing_reaches_own_people_only(
    enrolled: list[Enrolment],
    coordinator: Client,
    commune_coordinator: Client,
    leader: Client,
    stranger: Client,
) -> None:
    own = reverse("plans:withdraw", args=[enrolled[0].pk])
    beside = reverse("plans:withdraw", args=[enrolled[3].pk])
    for client in (leader, stranger):
        assert client.post(own).status_code == 404
    assert commune_coordinator.post(beside).status_code == 404
    assert commune_coordinator.get(own).status_code == 200
    assert commune_coordinator.post(own).status_code == 302
    enrolled[0].refresh_from_db()
    assert enrolled[0].withdrawn_at is not None
    assert coordinator.post(beside).status_code == 302


def test_nobody_signed_in_is_sent_to_sign_in(client: Client, plan: Plan) -> None:
    answer = client.get(reverse("plans:plan", args=[plan.pk]))
    assert answer.status_code == 302
