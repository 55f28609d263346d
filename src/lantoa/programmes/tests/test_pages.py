"""Programmes as coordinators make them: from a preset or not, everything editable after."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lantoa.courses.models import Course, Module
from lantoa.items.models import Blueprint
from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.programmes.models import Cohort, Enrolment, Programme
from lantoa.programmes.presets import all_presets


@pytest.fixture
def coordinator(
    province: Unit,
    make_person: Callable[..., Person],
    grant: Callable[..., RoleGrant],
    signed_in: Callable[..., Client],
) -> Client:
    person = make_person("Đầu Mối", province)
    grant(person, "coordinator", province)
    return signed_in(person)


def _data(province: Unit, **more: Any) -> dict[str, Any]:
    return {
        "unit": province.pk,
        "code": "CT-1",
        "title": "Chương trình một",
        "hours": "40",
        "certificate_rule": "automatic",
        "certificate_title": "Giấy chứng nhận",
        **more,
    }


def test_second_hand_presets_say_so(coordinator: Client) -> None:
    page = coordinator.get(reverse("programmes:choose_preset")).content.decode()
    assert "Theo nguồn thứ cấp, phải đối chiếu văn bản gốc" in page
    for preset in all_presets():
        assert preset.legal_basis in page
        url = reverse("programmes:new_programme")
        assert coordinator.get(url, {"preset": preset.code}).status_code == 200


@pytest.mark.parametrize("preset", [p.code for p in all_presets()])
def test_a_preset_makes_skeletons(province: Unit, coordinator: Client, preset: str) -> None:
    url = reverse("programmes:new_programme") + f"?preset={preset}"
    answer = coordinator.post(url, _data(province, skeleton="on"))
    assert answer.status_code == 302, answer.context["form"].errors
    programme = Programme.objects.get()
    model = next(p for p in all_presets() if p.code == preset)
    assert programme.grade == model.grade
    assert Course.objects.count() == len(model.courses)
    assert Blueprint.objects.count() == len(model.exams)
    assert Module.objects.count() == sum(c.topics for c in model.courses)
    assert programme.requirements.count() == len(model.courses) + len(model.exams)
    assert coordinator.get(answer["Location"]).status_code == 200


def test_a_taken_code_makes_nothing_at_all(
    province: Unit, coordinator: Client, programme: Programme
) -> None:
    url = reverse("programmes:new_programme") + "?preset=kiem-tra-quy"
    before = Blueprint.objects.count()
    answer = coordinator.post(url, _data(province, code="CT1", skeleton="on"))
    assert "Mã này đã được dùng" in answer.content.decode()
    assert Blueprint.objects.count() == before


def test_changing_until_somebody_is_enrolled(
    province: Unit,
    commune: Unit,
    coordinator: Client,
    programme: Programme,
    course: Course,
    blueprint: Blueprint,
    cohort: Cohort,
    make_person: Callable[..., Person],
) -> None:
    url = reverse("programmes:edit_programme", args=[programme.pk])
    data = _data(province, courses=[course.pk])
    assert coordinator.post(url, data).status_code == 302
    assert programme.requirements.count() == 1
    Enrolment.objects.create(cohort=cohort, person=make_person("Lê An", commune), unit=commune)
    assert "giữ nguyên" in coordinator.get(url).content.decode()
    data = _data(province, title="Tên khác", blueprints=[blueprint.pk])
    assert coordinator.post(url, data).status_code == 302
    programme.refresh_from_db()
    assert programme.title == "Tên khác"
    assert programme.requirements.get().course == course


def test_beside_is_404_below_reads(
    programme: Programme,
    commune: Unit,
    country: Unit,
    make_person: Callable[..., Person],
    grant: Callable[..., RoleGrant],
    signed_in: Callable[..., Client],
) -> None:
    below = make_person("Dưới", commune)
    grant(below, "coordinator", commune)
    page = reverse("programmes:programme", args=[programme.pk])
    edit = reverse("programmes:edit_programme", args=[programme.pk])
    assert signed_in(below).get(page).status_code == 200
    assert signed_in(below).get(edit).status_code == 404
    assert signed_in(below).post(edit, {"title": "X"}).status_code == 404
    nobody = signed_in(make_person("Học Viên", commune))
    for url in (page, edit, reverse("programmes:programmes"), reverse("programmes:choose_preset")):
        assert nobody.get(url).status_code == 404
