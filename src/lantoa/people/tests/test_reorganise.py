"""The reform of 01/07/2025 in an installation from before it: told first, then done; units, people,
roles and names follow, and the tree of before stays readable."""

from datetime import date
from io import StringIO

import pytest
from conftest import Grant, MakePerson
from django.core.management import CommandError, call_command

from lantoa.audit.models import Event
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.load_before import load_units_before
from lantoa.people.actions.load_units import load_units
from lantoa.people.models import Person, Post, RoleGrant, Unit, UnitLink
from lantoa.people.queries.over_time import below_then, names_then
from lantoa.people.rules.units import UnitRefused

THEN, REFORM = date(2022, 5, 6), date(2025, 7, 1)


def commune(name: str, district: str) -> Unit:
    return Unit.objects.get(name=name, parent__name=district, ended_on=None)


def run(*words: str) -> str:
    said = StringIO()
    call_command("reorganise_units", *words, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_told_before_and_then_everything_follows(make_person: MakePerson, grant: Grant) -> None:
    said = StringIO()
    call_command("load_units", "--before-reform", stdout=said)
    assert "63 tỉnh, thành phố; 694 quận, huyện; 10804 xã" in said.getvalue()
    bao_linh = commune("Xã Bảo Linh", "Huyện Định Hóa")
    clinic = create_unit(actor=None, code="", kind="agency", name="Trạm Y tế", parent=bao_linh)
    district = bao_linh.parent
    assert district is not None
    chair = make_person("Nguyễn Văn An", bao_linh, title="Chủ tịch")
    Post.objects.create(person=chair, unit=bao_linh, title="Chủ tịch", since=date(2021, 1, 1))
    nurse = make_person("Lê Thị Bình", clinic)
    officer = make_person("Trần Văn Cường", district)
    role = grant(chair, "coordinator", bao_linh)

    told = run()
    assert "Chưa thay đổi gì" in told
    assert "7.518 đơn vị nhập vào đơn vị khác" in told
    assert "Tỉnh Thái Nguyên: từ Tỉnh Bắc Kạn, Tỉnh Thái Nguyên" in told
    assert Unit.objects.filter(ended_on=None, kind="province").count() == 63

    assert "Đã sắp xếp xong" in run("--apply")
    now = Unit.objects.filter(ended_on=None)
    assert now.filter(kind="province").count() == 34
    assert now.filter(kind="commune").count() == 3321
    assert not now.filter(kind="district").exists()
    dinh_hoa = now.get(code="05569")
    chair.refresh_from_db()
    assert chair.unit == dinh_hoa
    posts = chair.posts.order_by("since").values_list("unit_id", "title", "until")
    assert list(posts) == [(bao_linh.pk, "Chủ tịch", REFORM), (dinh_hoa.pk, "Chủ tịch", None)]
    nurse.refresh_from_db()
    clinic.refresh_from_db()
    assert (nurse.unit, clinic.parent) == (clinic, dinh_hoa)
    officer.refresh_from_db()
    assert officer.unit.name == "Tỉnh Thái Nguyên"
    role.refresh_from_db()
    assert role.withdrawn_at is not None
    given = RoleGrant.objects.get(user=chair.user, withdrawn_at=None)
    assert (given.unit, given.role, given.starts_on) == (dinh_hoa, "coordinator", REFORM)
    _the_tree_of_before(bao_linh, dinh_hoa, clinic)
    event = Event.objects.get(action="people.reorganise")
    assert (event.data["merged"], event.data["document"]) == (7518, "NQ 202/2025/QH15")
    with pytest.raises(CommandError, match="không có đơn vị nào"):
        run()


def _the_tree_of_before(bao_linh: Unit, dinh_hoa: Unit, clinic: Unit) -> None:
    country = Unit.objects.get(code="VN")
    assert len(below_then(country, THEN, depth=1)) == 63
    assert len(below_then(country, REFORM, depth=1)) == 34
    assert below_then(bao_linh, THEN) == {bao_linh.pk, clinic.pk}
    bac_kan = Unit.objects.get(name="Tỉnh Bắc Kạn")
    assert len(below_then(bac_kan, THEN)) == 1 + 8 + 108
    # What was Bắc Kạn's is found under Thái Nguyên now.
    thai_nguyen = Unit.objects.get(code="19", ended_on=None)
    assert UnitLink.objects.filter(unit=bac_kan, ancestor=thai_nguyen).exists()
    assert UnitLink.objects.filter(unit=bao_linh, ancestor=dinh_hoa, depth=1).exists()
    named = names_then([dinh_hoa], THEN)
    assert named[dinh_hoa.pk] in {"Thị trấn Chợ Chu", "Xã Chợ Chu"}
    former = bao_linh.successors.get()
    assert (former.unit, former.how) == (dinh_hoa, "merged")
    bao_linh.refresh_from_db()
    assert bao_linh.former_place == "Huyện Định Hóa, Tỉnh Thái Nguyên"


@pytest.mark.django_db
def test_roles_of_ended_units_may_end_with_them(make_person: MakePerson, grant: Grant) -> None:
    load_units_before()
    bao_linh = commune("Xã Bảo Linh", "Huyện Định Hóa")
    person = make_person("Nguyễn Văn An", bao_linh)
    grant(person, "coordinator", bao_linh)
    run("--apply", "--withdraw-roles")
    assert not RoleGrant.objects.filter(withdrawn_at=None).exists()
    assert Person.objects.get().unit.code == "05569"


@pytest.mark.django_db
def test_the_old_tree_goes_into_empty_data_only() -> None:
    load_units()
    with pytest.raises(UnitRefused, match="trống"):
        load_units_before()
    with pytest.raises(CommandError, match="trống"):
        call_command("load_units", "--before-reform")
    with pytest.raises(CommandError, match="không có đơn vị nào"):
        run()
