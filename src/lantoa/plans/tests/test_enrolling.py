"""Enrolling: counted first, applied once, undone; big ones as a job."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.plans.views import enrolling
from lantoa.programmes.models import Cohort, Enrolment, EnrolmentBatch


def _url(cohort: Cohort, name: str = "enrol") -> str:
    return reverse(f"plans:{name}", args=[cohort.pk])


def _all(unit: Unit) -> dict[str, Any]:
    return {"unit": unit.pk, "below": "on"}


def test_dry_run_then_apply(
    cohort: Cohort,
    people: list[Person],
    province: Unit,
    coordinator: Client,
    make_person: Callable[..., Person],
    commune: Unit,
) -> None:
    make_person("Ma Văn Thôi", commune, left_on=clock.today())
    choice: dict[str, Any] = {"unit": province.pk, "below": "on"}
    page = coordinator.get(_url(cohort), choice)
    assert "Sẽ ghi danh 4 người, 0 đã có, 1 đã thôi việc" in page.content.decode()
    assert not Enrolment.objects.exists()
    answer = coordinator.post(_url(cohort), choice, follow=True)
    assert "Đã ghi danh 4 người; 0 đã có, 1 đã thôi việc." in answer.content.decode()
    batch = EnrolmentBatch.objects.get()
    assert batch.choice == "Tỉnh Thái Nguyên"
    again = coordinator.get(_url(cohort), choice).content.decode()
    assert "Sẽ ghi danh 0 người, 4 đã có, 1 đã thôi việc" in again


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ({"below": "on"}, ["An", "Bình", "Cường", "Dung"]),
        ({}, []),
        ({"below": "on", "leaders": "yes"}, ["An"]),
        ({"below": "on", "leaders": "no"}, ["Bình", "Cường", "Dung"]),
        ({"below": "on", "title": "chủ tịch"}, ["An"]),
        ({"below": "on", "categories": ["official"]}, ["Dung"]),
        ({"below": "on", "specialism": "full"}, ["Bình"]),
    ],
)
def test_choices(
    cohort: Cohort,
    people: list[Person],
    province: Unit,
    coordinator: Client,
    choice: dict[str, Any],
    names: list[str],
) -> None:
    Person.objects.filter(pk=people[3].pk).update(category="official")
    Person.objects.filter(pk=people[1].pk).update(specialism="full")
    coordinator.post(_url(cohort), {"unit": province.pk, **choice})
    found = Enrolment.objects.order_by("person__sort_key")
    assert [e.person.given_name for e in found] == names


def test_a_commune_enrols_its_own_people_only(
    cohort: Cohort, people: list[Person], province: Unit, commune: Unit, commune_coordinator: Client
) -> None:
    answer = commune_coordinator.get(_url(cohort), _all(province))
    assert answer.context["counted"] is None, "the province is not to be chosen"
    commune_coordinator.post(_url(cohort), {"unit": commune.pk, "below": "on"})
    assert Enrolment.objects.count() == 3
    commune_coordinator.post(_url(cohort, "pick"), {"person": [people[3].pk]})
    assert Enrolment.objects.count() == 3


def test_picking(cohort: Cohort, people: list[Person], coordinator: Client) -> None:
    page = coordinator.get(_url(cohort, "pick"), {"q": "binh"}).content.decode()
    assert "Lê Thị Bình" in page
    assert "Nguyễn Văn An" not in page
    coordinator.post(_url(cohort, "pick"), {"person": [people[1].pk, "x"]})
    assert Enrolment.objects.get().person == people[1]
    assert "đã có trong đợt" in coordinator.get(_url(cohort, "pick")).content.decode()
    answer = coordinator.post(_url(cohort, "pick"), {})
    assert "Hãy chọn ít nhất một người" in answer.content.decode()


def test_undo(
    cohort: Cohort,
    people: list[Person],
    province: Unit,
    coordinator: Client,
    commune_coordinator: Client,
) -> None:
    coordinator.post(_url(cohort), _all(province))
    Enrolment.objects.filter(person=people[0]).update(started_at=clock.now())
    batch = EnrolmentBatch.objects.get()
    url = reverse("plans:undo_batch", args=[cohort.pk, batch.pk])
    assert commune_coordinator.post(url).status_code == 404, "another's batch"
    assert "3 người chưa bắt đầu" in coordinator.get(url).content.decode()
    answer = coordinator.post(url, follow=True).content.decode()
    assert "Đã rút 3 người; 1 người đã bắt đầu học" in answer
    assert Enrolment.objects.filter(withdrawn_at__isnull=True).count() == 1
    assert "đã được hoàn tác" in coordinator.post(url, follow=True).content.decode()


def test_a_closed_cohort_says_so(
    cohort: Cohort, people: list[Person], province: Unit, coordinator: Client
) -> None:
    type(cohort).objects.update(opens_on="2022-01-01", closes_on="2022-01-31")
    asked = {"unit": str(province.pk), "below": "on"}
    answer = coordinator.post(_url(cohort), asked, follow=True).content.decode()
    assert "Đợt này đã kết thúc" in answer
    for page in ("enrol", "pick"):
        shown = coordinator.get(reverse(f"plans:{page}", args=[cohort.pk])).content.decode()
        assert "Đợt đã kết thúc nên không ghi danh thêm được" in shown
        assert 'type="submit" class="ds-button">Ghi danh' not in shown
    dry = coordinator.get(_url(cohort), asked).content.decode()
    assert "Sẽ ghi danh" not in dry
    assert not Enrolment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_go_through_a_job(
    cohort: Cohort,
    people: list[Person],
    province: Unit,
    coordinator: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(enrolling, "AT_ONCE", 2)
    answer = coordinator.post(_url(cohort), _all(province))
    job = Job.objects.get(handler="lantoa.plans.tasks.enrol_choice")
    assert answer["Location"] == reverse("jobs:job", args=[job.pk])
    job.refresh_from_db()
    assert (job.state, job.result["enrolled"]) == ("done", 4), job.error
    assert Enrolment.objects.count() == 4
