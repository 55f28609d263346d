"""Who sees what; staff, keys and assignments through the pages."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from lantoa.accounts.models import User
from lantoa.audit.models import Event
from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.members import place
from lantoa.kernel import clock
from lantoa.notices.models import Notice
from lantoa.people.models import Person, Unit
from lantoa.programmes.models import Cohort, Enrolment, Requirement
from lantoa.providers.actions.assignments import assign, withdraw_assignment
from lantoa.providers.actions.providers import create_provider, end_provider, withdraw_staff
from lantoa.providers.models import Assignment, Provider, ProviderStaff

MOST_QUERIES = 14


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_from_an_empty_page_to_an_assignment(
    keeper: Client, province: Unit, cohort: Cohort, requirement: Requirement
) -> None:
    assert "Chưa có đơn vị đào tạo nào" in text(keeper, "/providers/")
    sent = {"unit": province.pk, "name": "Trường A (minh họa)", "kind": "college"}
    page = keeper.post("/providers/new/", {**sent, "name": ""}).content.decode()
    assert "aria-invalid" in page
    keeper.post("/providers/new/", sent)
    provider = Provider.objects.get()
    page = keeper.post("/providers/new/", sent).content.decode()
    assert "Đơn vị này đã có đơn vị đào tạo tên ấy." in page
    assert "Chưa giao gì" in text(keeper, f"/providers/{provider.pk}/")
    page = text(keeper, f"/providers/{provider.pk}/assign/")
    assert "Kiểm tra hằng quý · Quý 1" in page
    path = f"/providers/{provider.pk}/assign/?cohort={cohort.pk}"
    given = {
        "requirement": requirement.pk,
        "greatest": "10",
        "pass_percent": "50",
        "until": f"{cohort.closes_on:%d/%m/%Y}",
        "needs_approval": "on",
    }
    page = keeper.post(path, {**given, "greatest": "0"}).content.decode()
    assert "aria-invalid" in page
    assert not Assignment.objects.exists()
    response = keeper.post(path, given)
    made = Assignment.objects.get()
    assert response["Location"] == f"/providers/assignments/{made.pk}/"
    page = keeper.post(path, given).content.decode()
    assert "Việc này đã giao cho đơn vị đào tạo này rồi." in page
    page = text(keeper, f"/providers/{provider.pk}/")
    assert "Bài kiểm tra quý 1" in page
    assert "0, đạt 0" in page
    keeper.post(f"/providers/assignments/{made.pk}/edit/", {**given, "greatest": "100"})
    made.refresh_from_db()
    assert (made.greatest, made.needs_approval, made.shows_contacts) == (100, True, False)
    assert Event.objects.filter(action="providers.change_assignment").exists()


def test_staff_get_a_code_once_and_see_what_is_assigned(
    keeper: Client, university: Provider, assignment: Assignment, client: Client
) -> None:
    path = f"/providers/{university.pk}/staff/add/"
    page = keeper.post(path, {"name": "Đỗ Thị Lan", "email": "lan@truong.example"})
    assert page["Cache-Control"].startswith("max-age=0")
    code = re.search(r"<code>([^<]+)</code>", page.content.decode())
    assert code is not None
    again = keeper.post(path, {"name": "Đỗ Thị Lan", "email": "lan@truong.example"})
    assert "Người này đã có trong danh sách." in again.content.decode()
    user = User.objects.get(email="lan@truong.example")
    assert user.activated_at is None
    assert "Chưa kích hoạt" in text(keeper, f"/providers/{university.pk}/")


def test_the_provider_sees_its_people_and_nothing_else(
    university_client: Client,
    assignment: Assignment,
    commune: Unit,
    make_person: MakePerson,
    requirement: Requirement,
    province: Unit,
) -> None:
    make_person("Người Ngoài Danh", commune)
    home = university_client.get("/")
    assert home["Location"] == "/providers/mine/"
    page = text(university_client, "/providers/mine/")
    assert "4 học viên, 0 người đã có kết quả" in page
    page = text(university_client, f"/providers/assignments/{assignment.pk}/")
    assert "Lê Thị Bình" in page
    assert "09/03/1985" in page
    assert "Người Ngoài Danh" not in page
    assert "0912345601" not in page
    assignment.shows_contacts = True
    assignment.save()
    page = text(university_client, f"/providers/assignments/{assignment.pk}/?q=dung")
    assert "dung@xa.example" in page
    assert "Lê Thị Bình" not in page
    provider = assignment.provider_id
    other = create_provider(
        actor=None, unit=province, fields={"name": "Công ty B (minh họa)", "kind": "company"}
    )
    elsewhere = assign(
        actor=None,
        provider=other,
        fields={
            "cohort": assignment.cohort, "requirement": requirement, "until": assignment.until,
            "unit": commune,
        },
    )  # fmt: skip
    for path in (
        "/providers/", f"/providers/{provider}/", f"/providers/{provider}/assign/",
        f"/providers/{provider}/staff/add/", f"/providers/{provider}/keys/make/",
        f"/providers/assignments/{assignment.pk}/edit/",
        f"/providers/assignments/{elsewhere.pk}/",
        f"/providers/assignments/{elsewhere.pk}/people/export/",
        f"/providers/assignments/{elsewhere.pk}/upload/",
        "/people/", "/plans/", "/classes/",
    ):  # fmt: skip
        assert university_client.get(path).status_code in (302, 404), path
        if path.startswith("/providers"):
            assert university_client.get(path).status_code == 404, path


@pytest.mark.parametrize("how", ["expired", "withdrawn", "ended", "staff"])
def test_what_is_over_is_seen_no_more(
    how: str, university_client: Client, assignment: Assignment, lecturer: User
) -> None:
    path = f"/providers/assignments/{assignment.pk}/"
    assert university_client.get(path).status_code == 200
    if how == "expired":
        Assignment.objects.update(until=clock.today() - timedelta(days=1))
    elif how == "withdrawn":
        withdraw_assignment(actor=None, assignment=assignment)
    elif how == "ended":
        end_provider(actor=None, provider=assignment.provider)
    else:
        withdraw_staff(actor=None, staff=ProviderStaff.objects.get(user=lecturer))
    assert university_client.get(path).status_code == 404


def test_strangers_and_learners_find_nothing(
    client: Client, signed_in: SignedIn, people: list[Person], assignment: Assignment
) -> None:
    path = f"/providers/assignments/{assignment.pk}/"
    assert client.get(path).status_code == 302
    learner = signed_in(people[0])
    for one in (path, "/providers/mine/", "/providers/"):
        assert learner.get(one).status_code == 404


def test_a_coordinator_elsewhere_finds_nothing(
    country: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn,
    assignment: Assignment, commune: Unit,
) -> None:  # fmt: skip
    below = make_person("Đào Thị Hạnh", commune)
    grant(below, "coordinator", commune)
    client = signed_in(below)
    assert text(client, "/providers/").count("Trường Đại học") == 0
    for path in (
        f"/providers/{assignment.provider_id}/", f"/providers/assignments/{assignment.pk}/"
    ):  # fmt: skip
        assert client.get(path).status_code == 404


def test_one_class_only(
    university_client: Client, university: Provider, cohort: Cohort, requirement: Requirement,
    enrolments: list[Enrolment],
) -> None:  # fmt: skip
    made = open_class(
        actor=None, cohort=cohort,
        fields={"name": "Lớp 01", "requirement": requirement, "capacity": 2},
    )  # fmt: skip
    place(actor=None, training_class=made, enrolments=enrolments[2:3], quiet=True)
    given = assign(
        actor=None,
        provider=university,
        fields={
            "cohort": cohort, "requirement": requirement, "training_class": made,
            "until": cohort.closes_on,
        },
    )  # fmt: skip
    page = text(university_client, f"/providers/assignments/{given.pk}/")
    assert "Lê Thị Bình" in page
    assert "Vũ Thị Dung" not in page


def test_the_list_is_the_form_to_fill_in(
    university_client: Client, assignment: Assignment, enrolments: list[Enrolment]
) -> None:
    response = university_client.get(f"/providers/assignments/{assignment.pk}/people/export/")
    rows = CalamineWorkbook.from_filelike(BytesIO(response.getvalue())).get_sheet_by_index(0)
    cells = rows.to_python()
    head = next(row for row in cells if "Mã học viên" in row)
    assert head[5:] == ["Kết quả", "Điểm", "Ngày hoàn thành", "Minh chứng"]
    codes = {row[1] for row in cells if str(row[1]).startswith("HV")}
    assert codes == {f"HV{e.pk}" for e in enrolments}
    assert Event.objects.filter(action="providers.export_people").exists()


def test_the_staff_are_told(lecturer: User, assignment: Assignment) -> None:
    told = Notice.objects.get(user=lecturer)
    assert told.title == "Được giao: Bài kiểm tra quý 1"
    assert told.url == f"/providers/assignments/{assignment.pk}/"


def test_few_questions_however_many_people(
    university_client: Client,
    assignment: Assignment,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        university_client.get(f"/providers/assignments/{assignment.pk}/")


def test_the_tables_hold_their_rules(assignment: Assignment, commune: Unit) -> None:
    for wrong in (
        {"greatest": 0}, {"pass_percent": 101},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.filter(pk=assignment.pk).update(**wrong)
