"""The list of people, one person, codes on paper, roles, by who is asking."""

import io
from datetime import date, timedelta

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from lantoa.accounts.models import ActivationCode, User
from lantoa.audit.models import Event
from lantoa.files.models import StoredFile
from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.people import spreadsheets
from lantoa.people.actions.add_person import add_person
from lantoa.people.actions.grant_role import grant_role
from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.people.permissions import roles_of
from lantoa.people.rules.persons import PersonFacts
from lantoa.people.tasks import forget_sheets
from lantoa.people.views import sheets

MOST_QUERIES = 12


def text(client: Client, name: str, *args: int, **query: str | int) -> str:
    response = client.get(reverse(f"people:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def user_of(person: Person) -> User:
    assert person.user is not None
    return person.user


def order_in(page: str, *names: str) -> list[str]:
    return sorted((name for name in names if name in page), key=page.index)


@pytest.fixture
def known(commune: Unit) -> Person:
    """Somebody with everything known, and no account yet."""
    return add_person(
        actor=None,
        unit=commune,
        facts=PersonFacts(
            family_name="Đỗ", middle_name="Thị", given_name="Ánh", sex="female",
            birth_date=date(1990, 2, 28), phone="0987654321", email="anh@xa.vn",
            personal_number="019190000123", ethnicity="Tày", title="Chủ tịch UBND",
            category="official", is_leader=True, specialism="part",
        ),
    )  # fmt: skip


def test_people_stand_in_vietnamese_order(
    commune: Unit, coordinator: Person, make_person: MakePerson, signed_in: SignedIn
) -> None:
    names = ["Trần Văn An", "Lê Thị Ánh", "Bùi Văn Ân", "Đỗ Văn Bình", "Ma Văn Đạt"]
    for name in reversed(names):
        make_person(name, commune)
    page = text(signed_in(coordinator), "persons")
    assert order_in(page, *names) == names
    assert "6 người" in page  # and the coordinator


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "do thi anh"}, True),
        ({"q": "ĐỖ THỊ"}, True),
        ({"q": "4321"}, True),
        ({"q": "0987 654 321"}, True),
        ({"q": "019190000123"}, True),
        ({"q": "019190000124"}, False),
        ({"q": "1234"}, False),
        ({"category": "official"}, True),
        ({"category": "public_employee"}, False),
        ({"leader": "1"}, True),
        ({"leader": "0"}, False),
        ({"specialism": "part"}, True),
        ({"specialism": "full"}, False),
        ({"title": "chu tich"}, True),
        ({"title": "van thu"}, False),
        ({"account": "none"}, True),
        ({"account": "waiting"}, False),
        ({"account": "active"}, False),
        ({"left": "left"}, False),
        ({"left": "all"}, True),
        ({"unit": "05440"}, True),
        ({"unit": "phu dinh", "only": "on"}, True),
        ({"unit": "19", "only": "on"}, False),
        ({"unit": "19"}, True),
        ({"unit": "05441"}, False),
    ],
)
def test_filters(
    query: dict[str, str], found: bool, known: Person, provincial: Person, other_commune: Unit,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    assert ("Đỗ Thị Ánh" in text(signed_in(provincial), "persons", **query)) is found


def test_pages_go_on_by_key_and_back(
    commune: Unit, coordinator: Person, make_person: MakePerson, signed_in: SignedIn
) -> None:
    for number in range(120):
        make_person(f"Nông Văn T{number:03d}", commune)
    client, url = signed_in(coordinator), reverse("people:persons")
    seen: list[int] = []
    response = client.get(url, {"q": "nong"})
    pages = [[row.person.pk for row in response.context["rows"]]]
    while after := response.context["page"].after:
        seen.append(after)
        response = client.get(url, {"q": "nong", "after": after})
        pages.append([row.person.pk for row in response.context["rows"]])
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len({pk for page in pages for pk in page}) == 120
    back = client.get(url, {"q": "nong", "before": response.context["page"].before})
    assert [row.person.pk for row in back.context["rows"]] == pages[1]
    assert f"after={seen[1]}" in back.content.decode()
    assert client.get(url, {"after": "9" * 30}).status_code == 200


def test_lists_ask_few_questions(
    commune: Unit, coordinator: Person, make_person: MakePerson, signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(60):
        make_person(f"Nông Văn T{number:03d}", commune)
    client = signed_in(coordinator)
    for url in ("/people/persons/", "/people/persons/?unit=05440&q=nong", "/people/roles/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(url)


def test_the_list_masks_numbers_and_is_silent_on_ethnicity(
    known: Person, coordinator: Person, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    page = text(client, "persons")
    assert "019190000123" not in page
    assert "•••••••••123" in page
    assert "Tày" not in page
    own = text(client, "person", known.pk)
    assert "Tày" in own
    assert "019190000123" not in own


def test_the_export_is_what_units_expect(
    commune: Unit, coordinator: Person, known: Person, make_person: MakePerson,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    make_person("=cmd|'/c calc'!A1", commune, title="+1+1", birth_year=1975, email="@x")
    response = signed_in(coordinator).get(reverse("people:persons-export"), {"left": "all"})
    assert "danh-sach-" in response["Content-Disposition"]
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0] == [
        "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị công tác",
        "Số điện thoại", "Email",
    ]  # fmt: skip
    by_name = {row[1]: row for row in rows[1:]}
    assert by_name["Đỗ Thị Ánh"][2:] == [
        date(1990, 2, 28), "Nữ", "Chủ tịch UBND", "Xã Phú Đình", "0987654321", "anh@xa.vn",
    ]  # fmt: skip
    hostile = next(row for name, row in by_name.items() if str(name).startswith("="))
    assert (hostile[2], hostile[4]) == ("1975", "+1+1")
    assert b"<f>" not in data
    event = Event.objects.get(action="people.export_persons")
    assert event.data["count"] == 3


@pytest.mark.django_db(transaction=True)
def test_a_long_list_is_made_by_a_job_and_taken_down_after_a_day(
    commune: Unit, coordinator: Person, known: Person, learner: Person, signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sheets, "AT_ONCE", 2)
    monkeypatch.setattr(spreadsheets, "CHUNK", 1)
    client, url = signed_in(coordinator), reverse("people:persons-export")
    assert "Xuất danh sách 3 người?" in client.get(url, {"left": "all"}).content.decode()
    assert not Job.objects.exists(), "asking makes nothing"
    job_url = client.post(f"{url}?left=all")["Location"]
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert Event.objects.get(action="people.export_persons").data["count"] == 3
    page = client.get(job_url).content.decode()
    assert "Xuất danh sách 3 người" in page
    link = client.get(reverse("people:persons-sheet", args=[job.pk]))["Location"]
    assert reverse("people:persons-sheet", args=[job.pk]) in page
    data = b"".join(client.get(link).streaming_content)  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["STT", 1, 2, 3]
    grant_role(
        actor=None, user=user_of(learner), role="coordinator", unit=commune,
        starts_on=date(2020, 1, 1),
    )  # fmt: skip
    beside = signed_in(learner)
    assert beside.get(reverse("people:persons-sheet", args=[job.pk])).status_code == 404
    forget_sheets()
    assert StoredFile.objects.count() == 1
    Job.objects.update(finished_at=clock.now() - timedelta(days=2))
    forget_sheets()
    assert not StoredFile.objects.exists()
    assert client.get(reverse("people:persons-sheet", args=[job.pk])).status_code == 404
    assert "Tệp đã được xóa" in client.get(job_url).content.decode()


def test_adding_a_person(coordinator: Person, commune: Unit, signed_in: SignedIn) -> None:
    client, url = signed_in(coordinator), reverse("people:person-add")
    data = {
        "unit": "Phú Đình", "family_middle": "Lò  Văn", "given_name": "Ia", "birth": "1988",
        "phone": "0912.345.678", "specialism": "none", "personal_number": "12345",
    }  # fmt: skip
    refused = client.post(url, data).content.decode()
    assert "đúng 12 chữ số" in refused
    assert "Lò  Văn" in refused
    assert not Person.objects.filter(given_name="Ia").exists()
    response = client.post(url, {**data, "personal_number": "019 188 000 123"})
    person = Person.objects.get(given_name="Ia")
    assert response["Location"] == reverse("people:person", args=[person.pk])
    assert (person.unit, person.family_name, person.middle_name) == (commune, "Lò", "Văn")
    assert (person.birth_date, person.birth_year, person.phone) == (None, 1988, "0912345678")
    for wrong in ("1/1/1800", "32/01/1990", "31/12/2999", "0000", "hôm nay"):
        assert client.post(url, {**data, "birth": wrong}).status_code == 200
    assert Person.objects.filter(given_name="Ia").count() == 1


def test_editing_keeps_what_was_not_touched(
    known: Person, coordinator: Person, signed_in: SignedIn
) -> None:
    client, url = signed_in(coordinator), reverse("people:person-edit", args=[known.pk])
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data["is_leader"] = "on"
    assert client.post(url, {**data, "title": "Bí thư"}).status_code == 302
    changed = Person.objects.get(pk=known.pk)
    assert (changed.title, changed.posts.get().title) == ("Bí thư", "Bí thư")
    assert changed.personal_number_hash == known.personal_number_hash
    assert changed.birth_date == date(1990, 2, 28)
    assert changed.is_leader
    event = Event.objects.filter(action="people.change_person").get()
    assert event.data == {"fields": ["title"]}
    assert "Chức vụ, chức danh" in text(client, "person", known.pk)


def test_a_transfer_leaving_and_coming_back(
    learner: Person, provincial: Person, other_commune: Unit, signed_in: SignedIn
) -> None:
    client = signed_in(provincial)
    data = {"unit": "05441 · Xã Văn Hán", "title": "Chủ tịch UBND", "on_date": "01/03/2026"}
    assert client.post(reverse("people:transfer", args=[learner.pk]), data).status_code == 302
    page = text(client, "person", learner.pk)
    assert "Xã Văn Hán" in page
    assert "01/03/2026" in page
    leave = reverse("people:leave", args=[learner.pk])
    assert "tương lai" in client.post(leave, {"left_on": "01/01/2099"}).content.decode()
    assert client.post(leave, {"left_on": "01/04/2026"}).status_code == 302
    assert "thôi việc từ 01/04/2026" in text(client, "person", learner.pk)
    assert "Hoàng Văn Đạt" not in text(client, "persons")
    assert "Hoàng Văn Đạt" in text(client, "persons", left="left")
    client.post(reverse("people:come-back", args=[learner.pk]))
    assert "Hoàng Văn Đạt" in text(client, "persons")
    assert User.objects.get(person=learner).closed_at is None


def test_codes_are_printed_once_after_a_question(
    known: Person, learner: Person, coordinator: Person, signed_in: SignedIn
) -> None:
    client, url = signed_in(coordinator), reverse("people:issue-codes")
    chosen = {"scope": "chosen", "person": [known.pk, learner.pk]}
    asked = client.post(url, chosen)
    assert "Cấp mã kích hoạt cho 2 người?" in asked.content.decode()
    assert not ActivationCode.objects.exists()
    slips = client.post(url, {**chosen, "confirmed": "1"})
    page = slips.content.decode()
    assert "no-store" in slips["Cache-Control"]
    assert [slip.person for slip in slips.context["issued"].slips] == [known]
    assert slips.context["issued"].slips[0].code in page
    assert "0987654321" in page
    assert reverse("accounts:activate") in page
    assert "Hoàng Văn Đạt" in page  # why there is no code for them
    assert "Chưa kích hoạt" in text(client, "person", known.pk)


def test_codes_for_everybody_of_the_filter_who_is_not_in_yet(
    known: Person, learner: Person, coordinator: Person, signed_in: SignedIn
) -> None:
    client, url = signed_in(coordinator), reverse("people:issue-codes")
    data = {"scope": "filtered", "filters": "q=anh&leader=1"}
    assert [p.pk for p in client.post(url, data).context["persons"]] == [known.pk]
    assert "Chưa chọn ai" in client.post(url, {**data, "filters": "q=zzz"}).content.decode()
    assert "Chưa chọn ai" in client.post(url, {"scope": "chosen"}).content.decode()


def test_a_lost_phone_has_a_way_back(
    learner: Person, coordinator: Person, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    slips = client.post(reverse("people:renew-code", args=[learner.pk]))
    assert slips.context["issued"].slips[0].code in slips.content.decode()
    assert "Cấp mã kích hoạt" in text(client, "person", learner.pk)


def test_roles_are_given_and_withdrawn_with_dates(
    learner: Person, coordinator: Person, commune: Unit, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    assert "Hoàng Văn Đạt" in text(client, "role-pick", q="dat")
    url = reverse("people:grant", args=[learner.pk])
    assert "Quản trị hệ thống" not in client.get(url).content.decode()
    data = {"role": "author", "unit": "05440", "starts_on": "01/01/2026", "ends_on": "01/12/2025"}
    assert "sau ngày bắt đầu" in client.post(url, data).content.decode()
    assert client.post(url, {**data, "role": "administrator"}).status_code == 200
    assert client.post(url, {**data, "ends_on": ""}).status_code == 302
    user = User.objects.get(person=learner)
    assert roles_of(user) == {"author"}
    assert "Hoàng Văn Đạt" in text(client, "roles", role="author")
    assert "Giao vai trò" in text(client, "person", learner.pk)
    standing = RoleGrant.objects.get(user=user)
    withdraw = reverse("people:withdraw", args=[standing.pk])
    assert "Thu hồi vai trò" in client.get(withdraw).content.decode()
    assert roles_of(User.objects.get(pk=user.pk)) == {"author"}
    client.post(withdraw)
    assert roles_of(User.objects.get(pk=user.pk)) == frozenset()
    assert "Hoàng Văn Đạt" not in text(client, "roles")
    assert "Hoàng Văn Đạt" in text(client, "roles", past="1")


def test_somebody_without_an_account_gets_one_with_the_role(
    known: Person, coordinator: Person, commune: Unit, signed_in: SignedIn
) -> None:
    data = {"role": "leader", "unit": "05440", "starts_on": "01/01/2026"}
    signed_in(coordinator).post(reverse("people:grant", args=[known.pk]), data)
    assert roles_of(User.objects.get(person=known)) == {"leader"}


def test_an_administrators_grant_is_not_the_coordinators_to_withdraw(
    learner: Person, coordinator: Person, commune: Unit, grant: Grant, signed_in: SignedIn
) -> None:
    standing = grant(learner, "administrator", commune)
    client = signed_in(coordinator)
    page = client.post(reverse("people:withdraw", args=[standing.pk]), follow=True)
    assert "không thu hồi được" in page.content.decode()
    assert RoleGrant.objects.get(pk=standing.pk).withdrawn_at is None
    assert "ngoài phạm vi" in text(client, "person", learner.pk)


def test_pages_are_complete_in_english(
    known: Person, coordinator: Person, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    client.cookies["django_language"] = "en"
    assert "Account" in text(client, "person", known.pk)
