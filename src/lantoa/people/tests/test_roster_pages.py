"""Rosters by who is asking: uploading, the dry run, deciding, applying, undoing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from conftest import MakePerson, SignedIn
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from lantoa.audit.models import Event
from lantoa.files.models import StoredFile
from lantoa.people.models import Person, RosterImport, RosterRow, Unit
from lantoa.people.rosters.tests.files import xlsx

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị công tác", "Số điện thoại", "CCCD"]
NUMBER = "019080000123"
BORN = date(1980, 3, 1)
Post = Callable[..., Any]


def row(number: int, name: str, *rest: Any) -> list[Any]:
    filled = [*rest, None, None, None, None, None]
    return [number, name, *filled[:5]]


def file_of(*rows: list[Any], name: str = "danh-sach.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, xlsx({"Sheet1": [HEADER, *rows]}))


@pytest.fixture
def post(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Post:
    """post(client, "roster-add", …) with the jobs that it sets to work run to their end."""

    def send(client: Client, name: str, *args: object, **data: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse(f"people:{name}", args=args), data)

    return send


@pytest.fixture
def upload(post: Post) -> Callable[..., RosterImport]:
    def send(client: Client, unit: Unit, *rows: list[Any], **options: Any) -> RosterImport:
        answer = post(client, "roster-add", file=file_of(*rows, **options), unit=unit.code)
        assert answer.status_code == 302, answer.content.decode()
        return RosterImport.objects.latest("id")

    return send


Upload = Callable[..., RosterImport]


def states(roster: RosterImport) -> list[str]:
    return list(roster.rows.order_by("position").values_list("state", flat=True))


def codes(roster: RosterImport, position: int = 0) -> list[str]:
    return roster.rows.get(position=position).codes.split()


def page(client: Client, roster: RosterImport, **query: str) -> str:
    answer = client.get(reverse("people:roster", args=[roster.pk]), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


# ---- who sees what ----

PAGES = ("roster", "roster-sheets", "roster-rows", "roster-row", "roster-apply", "roster-undo",
         "roster-discard")  # fmt: skip
OPEN = ("rosters", "roster-add")
POSTS = ("roster-rows", "roster-row", "roster-apply")


@pytest.fixture
def stood(coordinator: Person, commune: Unit, signed_in: SignedIn, upload: Upload) -> RosterImport:
    return upload(signed_in(coordinator), commune, row(1, "Nguyễn Văn An", "01/03/1980"))


@pytest.fixture
def address(stood: RosterImport) -> Callable[[str], str]:
    def of(name: str) -> str:
        ids = [] if name in OPEN else [stood.pk]
        if name == "roster-row":
            ids.append(stood.rows.get().pk)
        return reverse(f"people:{name}", args=ids)

    return of


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_a_neighbour_nothing_is_there(
    name: str, method: str, address: Callable[[str], str], neighbour: Person, signed_in: SignedIn
) -> None:
    events = Event.objects.count()
    answer = getattr(signed_in(neighbour), method)(address(name))
    expected = 405 if (method, name) in {("get", n) for n in POSTS} | {("post", "roster")} else 404
    assert answer.status_code == expected
    assert Event.objects.count() == events


@pytest.mark.parametrize("name", [*PAGES, *OPEN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_a_learner_no_page_is_there(
    name: str, method: str, address: Callable[[str], str], learner: Person, signed_in: SignedIn
) -> None:
    assert getattr(signed_in(learner), method)(address(name)).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, *OPEN])
def test_strangers_are_asked_to_sign_in(name: str, address: Callable[[str], str]) -> None:
    assert Client().get(address(name)).status_code == 302
    assert Client().post(address(name)).status_code == 302


@pytest.mark.parametrize("who", ["coordinator", "provincial", "administrator"])
def test_those_above_see_the_import(
    who: str, stood: RosterImport, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert "danh-sach.xlsx" in client.get(reverse("people:rosters")).content.decode()
    assert "Nguyễn Văn An" in page(client, stood)


def test_a_neighbour_sees_no_import_in_the_list(
    stood: RosterImport, neighbour: Person, signed_in: SignedIn
) -> None:
    text = signed_in(neighbour).get(reverse("people:rosters")).content.decode()
    assert stood.name not in text
    assert "Chưa có danh sách nào" in text


def test_a_unit_out_of_reach_takes_no_roster(
    coordinator: Person, other_commune: Unit, signed_in: SignedIn, post: Post
) -> None:
    file = file_of(row(1, "Nguyễn Văn An"))
    answer = post(signed_in(coordinator), "roster-add", file=file, unit=other_commune.code)
    assert "Không có đơn vị này trong phạm vi" in answer.content.decode()
    assert not RosterImport.objects.exists()


def test_the_own_unit_is_proposed(coordinator: Person, commune: Unit, signed_in: SignedIn) -> None:
    text = signed_in(coordinator).get(reverse("people:roster-add")).content.decode()
    assert f'value="{commune.code} · {commune.name}"' in text
    people = signed_in(coordinator).get(reverse("people:persons")).content.decode()
    assert reverse("people:rosters") in people


# ---- files that are not taken ----


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"", "rỗng"),
        ("a.xlsx", b"PK\x03\x04 nothing", "Không đọc được tệp"),
        ("a.xlsx", b"plain text", "nội dung bên trong thuộc loại khác"),
        ("a.pdf", b"%PDF-1.4", "không phải danh sách Excel"),
        ("a.xlsm", b"PK\x03\x04", "macro"),
        ("a.csv", b"\xef\xbb\xbf\r\n", "Tệp trống"),
        ("a.xlsx", xlsx({"Sheet1": [[]]}), "Tệp trống"),
        ("a.xlsx", xlsx({"S": [[None] * 70 + ["x"]]}), "quá 60 cột"),
        ("a.csv", b"a;b\n" * 60_001, "quá 60000 hàng"),
        ("a.csv", b"a;b\n" * 5_500_000, "Tệp lớn hơn 20 MB"),
    ],
)
def test_a_refused_file_leaves_nothing_and_keeps_what_was_chosen(
    name: str, data: bytes, words: str, coordinator: Person, commune: Unit, signed_in: SignedIn,
    post: Post,
) -> None:  # fmt: skip
    file = SimpleUploadedFile(name, data)
    answer = post(signed_in(coordinator), "roster-add", file=file, unit=commune.code)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert words in text
    assert f'value="{commune.code}' in text
    assert not RosterImport.objects.exists()
    assert not StoredFile.objects.exists()


# ---- the dry run ----


@pytest.fixture
def client(coordinator: Person, signed_in: SignedIn) -> Client:
    return signed_in(coordinator)


def test_people_nobody_knows_are_new(client: Client, commune: Unit, upload: Upload) -> None:
    count = Person.objects.count()
    roster = upload(
        client, commune, row(1, "Nguyễn Văn An", "01/03/1980", "Kế toán", None, "912345001", NUMBER)
    )
    assert roster.state == "ready"
    [only] = roster.rows.all()
    assert (only.state, only.unit, only.person) == ("new", commune, None)
    assert "Thêm lại số 0 ở đầu" in page(client, roster)
    assert "Áp dụng sẽ thêm 1 người mới." in page(client, roster)
    assert Person.objects.count() == count
    kept = str([only.values, only.issues, only.changes, roster.summary])
    assert NUMBER not in kept
    assert "•••123" in page(client, roster)


def test_a_stray_number_is_masked_wherever_it_stands(
    client: Client, commune: Unit, upload: Upload
) -> None:
    roster = upload(client, commune, row(1, "Nguyễn Văn An", NUMBER, "", "", NUMBER))
    kept = str([list(roster.rows.values()), roster.summary])
    assert NUMBER not in kept
    assert NUMBER not in page(client, roster)


def test_a_person_who_is_there_is_the_same_or_changed(
    client: Client, commune: Unit, upload: Upload, make_person: MakePerson
) -> None:
    make_person("Nguyễn Văn An", commune, birth_date=BORN, birth_year=1980, title="Kế toán")
    make_person("Trần Thị Bình", commune, birth_date=BORN, birth_year=1980, title="Văn thư")
    roster = upload(
        client,
        commune,
        row(1, "NGUYỄN VĂN AN", "01/03/1980", None),
        row(2, "Trần Thị Bình", "01/03/1980", "Chánh Văn phòng", commune.name, "0912345002"),
    )
    assert states(roster) == ["same", "changed"]
    text = page(client, roster, state="changed")
    assert "<del>Văn thư</del> → <ins>Chánh Văn phòng</ins>" in text
    assert "<del>trống</del> → <ins>0912345002</ins>" in text
    assert "NGUYỄN" not in text.upper().split("TRẦN THỊ BÌNH")[1]


def test_the_phone_alone_makes_nobody_the_same(
    client: Client, commune: Unit, upload: Upload, make_person: MakePerson
) -> None:
    make_person("Nguyễn Văn An", commune, phone="0912345001", birth_date=BORN)
    roster = upload(client, commune, row(1, "Trần Thị Bình", "", "", "", "0912345001"))
    assert states(roster) == ["doubtful"]
    assert codes(roster) == ["phone_of_other"]
    assert "hiện là của Nguyễn Văn An (01/03/1980, Xã Phú Đình)" in page(client, roster)


def test_of_people_out_of_reach_nothing_is_told(
    coordinator: Person, commune: Unit, other_commune: Unit, provincial: Person,
    signed_in: SignedIn, upload: Upload,
) -> None:  # fmt: skip
    above = signed_in(provincial)
    first = upload(
        above, other_commune, row(1, "Lý Thị Dung", "01/03/1980", "", "", "0912345009", NUMBER)
    )
    assert states(first) == ["new"]
    above.post(reverse("people:roster-apply", args=[first.pk]))
    Person.objects.create(
        unit=other_commune, given_name="Dung", family_name="Lý", middle_name="Thị",
        search_key="ly thi dung", birth_date=BORN, phone="0912345009",
        personal_number_hash=first.rows.get().values["number_hash"], sort_key="x",
    )  # fmt: skip
    client = signed_in(coordinator)
    roster = upload(
        client,
        commune,
        row(1, "Lý Thị Dung", "01/03/1980", "", "", "0912345009"),
        row(2, "Ma Văn Én", "", "", "", "", NUMBER),
    )
    assert states(roster) == ["new", "wrong"]
    assert codes(roster) == []
    text = page(client, roster, state="all")
    assert "Số định danh này đã thuộc về một người khác trong hệ thống" in text
    assert other_commune.name not in text


def test_a_person_in_another_unit_is_moved_only_when_somebody_says_so(
    provincial: Person, province: Unit, commune: Unit, other_commune: Unit, signed_in: SignedIn,
    upload: Upload, post: Post, make_person: MakePerson,
) -> None:  # fmt: skip
    person = make_person("Nguyễn Văn An", other_commune, birth_date=BORN, birth_year=1980)
    client = signed_in(provincial)
    roster = upload(
        client, province, row(1, "Nguyễn Văn An", "01/03/1980", "Kế toán", commune.name)
    )
    only = roster.rows.get()
    assert (only.state, only.person, only.codes) == ("doubtful", person, " transfer ")
    post(client, "roster-apply", roster.pk)
    person.refresh_from_db()
    assert person.unit == other_commune
    again = upload(client, province, row(1, "Nguyễn Văn An", "01/03/1980", "Kế toán", commune.name))
    post(client, "roster-row", again.pk, again.rows.get().pk, decision="take")
    assert states(again) == ["changed"]
    post(client, "roster-apply", again.pk)
    person.refresh_from_db()
    assert person.unit == commune
    posts = list(person.posts.order_by("id").values_list("unit_id", "until", "title"))
    assert posts[-1] == (commune.pk, None, "Kế toán")


def test_several_matches_are_listed_and_one_is_chosen(
    client: Client, commune: Unit, upload: Upload, post: Post, make_person: MakePerson
) -> None:
    twins = [
        make_person("Nguyễn Văn An", commune, phone=phone, birth_date=BORN, birth_year=1980)
        for phone in ("0912345001", "0912345002")
    ]
    roster = upload(client, commune, row(1, "Nguyễn Văn An", "01/03/1980", "Kế toán"))
    only = roster.rows.get()
    assert (only.state, only.codes) == ("doubtful", " person_several ")
    assert only.choices == {"persons": [t.pk for t in twins], "needs": ["person"]}
    answer = post(client, "roster-row", roster.pk, only.pk, decision="take")
    assert "Hãy chọn Nguyễn Văn An là ai" in client.get(answer["Location"]).content.decode()
    post(client, "roster-row", roster.pk, only.pk, decision="take", person=twins[1].pk)
    only.refresh_from_db()
    assert (only.state, only.person) == ("changed", twins[1])
    stranger = make_person("Ma Văn Tý", commune)
    answer = post(client, "roster-row", roster.pk, only.pk, decision="take", person=stranger.pk)
    only.refresh_from_db()
    assert only.person == twins[1]
    post(client, "roster-row", roster.pk, only.pk, decision="take", person=0)
    assert roster.rows.filter(state="new", person=None).exists()


def test_a_spoilt_number_is_kept_out_and_told(
    client: Client, commune: Unit, upload: Upload, post: Post
) -> None:
    roster = upload(client, commune, row(1, "Nguyễn Văn An", "01/03/1980", "", "", "", 19085000123))
    assert states(roster) == ["doubtful"]
    assert codes(roster) == ["personal_number_lost_zero"]
    post(client, "roster-row", roster.pk, roster.rows.get().pk, decision="take")
    post(client, "roster-apply", roster.pk)
    assert Person.objects.get(given_name="An").personal_number_hash is None


def test_doubles_in_the_file_are_passed_over(
    client: Client, commune: Unit, upload: Upload, post: Post
) -> None:
    one = ["01/03/1980", "Kế toán", None, "0912345001"]
    roster = upload(client, commune, row(1, "Nguyễn Văn An", *one), row(2, "Nguyễn Văn An", *one))
    assert states(roster) == ["new", "same"]
    assert "Trùng với hàng 2" in page(client, roster, state="same")
    post(client, "roster-apply", roster.pk)
    assert Person.objects.filter(given_name="An").count() == 1


# ---- units ----


@pytest.fixture
def above(provincial: Person, signed_in: SignedIn) -> Client:
    return signed_in(provincial)


@pytest.mark.usefixtures("commune", "other_commune")
def test_units_are_found_by_their_names_and_asked_for_when_unclear(
    above: Client, province: Unit, commune: Unit, other_commune: Unit, upload: Upload, post: Post
) -> None:
    roster = upload(
        above,
        province,
        row(1, "Nguyễn Văn An", "01/03/1980", "", "UBND xã Phú Đình"),
        row(2, "Trần Thị Bình", "01/03/1980", "", "Phòng Kinh tế xã Văn Hán"),
        row(3, "Ma Văn Cư", "01/03/1980", "", "Phòng Kinh tế xã Văn Hán"),
        row(4, "Lý Thị Dung", "01/03/1980", "", "Xã Không Có"),
        row(5, "Hoàng Văn Én", "01/03/1980", ""),
    )
    assert states(roster) == ["new", "doubtful", "doubtful", "wrong", "doubtful"]
    assert [codes(roster, n) for n in range(1, 5)] == [
        ["unit_similar"], ["unit_similar"], ["unit_unknown"], ["unit_not_stated"]
    ]  # fmt: skip
    second, _third, fourth, fifth = roster.rows.order_by("position")[1:]
    args = {"decision": "take", "unit": other_commune.pk, "everywhere": "1"}
    post(above, "roster-row", roster.pk, second.pk, **args)
    assert states(roster)[1:3] == ["new", "new"]
    post(above, "roster-row", roster.pk, fourth.pk, decision="take", other_unit=commune.code)
    post(above, "roster-row", roster.pk, fifth.pk, decision="take", unit=province.pk)
    assert states(roster) == ["new"] * 5
    units = list(roster.rows.order_by("position").values_list("unit__name", flat=True))
    assert units == [commune.name, other_commune.name, other_commune.name, commune.name,
                     province.name]  # fmt: skip


def test_a_row_is_put_into_no_unit_out_of_reach(
    client: Client, commune: Unit, other_commune: Unit, upload: Upload, post: Post
) -> None:
    roster = upload(client, commune, row(1, "Nguyễn Văn An", "01/03/1980", "", "Xã Văn Hán"))
    assert states(roster) == ["wrong"]
    only = roster.rows.get()
    for data in ({"unit": other_commune.pk}, {"other_unit": other_commune.code}):
        post(client, "roster-row", roster.pk, only.pk, decision="take", **data)
        only.refresh_from_db()
        assert (only.state, only.unit) == ("wrong", None)


def test_the_sheets_title_proposes_the_unit_and_a_coordinator_confirms(
    above: Client, province: Unit, commune: Unit, other_commune: Unit,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, post: Post,
) -> None:  # fmt: skip
    header = ["STT", "Họ và tên", "Ngày sinh"]
    data = xlsx(
        {
            "Phú Đình": [["ỦY BAN NHÂN DÂN XÃ PHÚ ĐÌNH"], header, [1, "Ma Văn An", "01/03/1980"]],
            "Khác": [header, [1, "Ma Văn Bình", "01/03/1980"]],
        }
    )
    file = SimpleUploadedFile("a.xlsx", data)
    post(above, "roster-add", file=file, unit=province.code)
    roster = RosterImport.objects.get()
    assert [codes(roster, n) for n in (0, 1)] == [["unit_from_sheet"], ["unit_not_stated"]]
    form = above.get(reverse("people:roster-sheets", args=[roster.pk])).context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}
    filled |= {"s0-unit": commune.code, "s1-unit": other_commune.name, "s0-read": "on"}
    post(above, "roster-sheets", roster.pk, **filled)
    roster.refresh_from_db()
    assert states(roster) == ["new", "new"]
    units = list(roster.rows.order_by("position").values_list("unit_id", flat=True))
    assert units == [commune.pk, other_commune.pk]


def test_another_mapping_reads_again_and_keeps_decisions(
    client: Client, commune: Unit, upload: Upload, post: Post
) -> None:
    roster = upload(
        client,
        commune,
        row(1, "Nguyễn Văn An", "01/03/1980", "Kế toán", "", "123"),
        row(2, "Ma Văn Bình", "01/03/1980", "Văn thư", "", "456"),
        row(3, "Lý Thị Dung", "01/03/1980", "Văn thư"),
    )
    assert states(roster) == ["doubtful", "doubtful", "new"]
    first, _second, third = roster.rows.order_by("position")
    post(client, "roster-row", roster.pk, first.pk, decision="take")
    post(client, "roster-row", roster.pk, third.pk, decision="leave")
    form = client.get(reverse("people:roster-sheets", args=[roster.pk])).context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}
    twice = {**filled, "s0-cD": "unit"}
    answer = post(client, "roster-sheets", roster.pk, **twice)
    assert "Cột D đã là nội dung này" in answer.content.decode()
    post(client, "roster-sheets", roster.pk, **{**filled, "s0-cD": "note"})
    roster.refresh_from_db()
    assert roster.mapping["sheets"]["Sheet1"]["columns"] == {"D": "note"}
    assert states(roster) == ["new", "doubtful", "new"]
    rows = list(roster.rows.order_by("position"))
    assert [one.values.get("note") for one in rows] == ["Kế toán", "Văn thư", "Văn thư"]
    assert [one.accepted for one in rows] == [True, True, False]
    left_out = {name: value for name, value in filled.items() if name != "s0-read"}
    post(client, "roster-sheets", roster.pk, **{**left_out, "s0-cD": "note"})
    assert not roster.rows.exists()


def test_an_acceptance_covers_only_the_doubts_that_were_told(
    client: Client, commune: Unit, upload: Upload, post: Post
) -> None:
    """Read by another mapping the row has another doubt, and is asked about again."""
    roster = upload(client, commune, row(1, "Nguyễn Văn An", "01/03/1980", "0912 bad", "", "123"))
    only = roster.rows.get()
    post(client, "roster-row", roster.pk, only.pk, decision="take")
    assert states(roster) == ["new"]
    form = client.get(reverse("people:roster-sheets", args=[roster.pk])).context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}
    post(client, "roster-sheets", roster.pk, **{**filled, "s0-cD": "email"})
    assert states(roster) == ["doubtful"]


# ---- many rows ----


def test_filters_search_and_pages(client: Client, commune: Unit, upload: Upload) -> None:
    rows = [
        row(n, f"Nguyễn Văn {chr(65 + n % 26)}{'abc'[n // 26]}", "01/03/1980") for n in range(70)
    ]
    rows.append(row(71, "Trần Thị Bình", "31/02/1980"))
    roster = upload(client, commune, *rows)
    assert "1 hàng cần anh/chị xem lại" in page(client, roster)
    assert "Không có ngày “31/02/1980”." in page(client, roster)
    assert "Nguyễn Văn" not in page(client, roster)
    assert "1–30 trong 71" in page(client, roster, state="all")
    assert "61–71 trong 71" in page(client, roster, state="all", page="3")
    found = page(client, roster, state="all", q="binh")
    assert "Trần Thị Bình" in found
    assert "Nguyễn Văn" not in found
    assert "Trần Thị Bình" in page(client, roster, reason="birth_impossible")
    assert "Trần Thị Bình" not in page(client, roster, state="new")
    for query in ({"state": "x"}, {"page": "x"}, {"reason": "x"}, {"sheet": "x"}):
        assert client.get(reverse("people:roster", args=[roster.pk]), query).status_code == 200


def test_a_page_of_rows_asks_few_questions(
    client: Client, commune: Unit, upload: Upload, django_assert_max_num_queries: Any
) -> None:
    roster = upload(client, commune, *(row(n, "Nguyễn Văn An") for n in range(60)))
    with django_assert_max_num_queries(20):
        page(client, roster, state="all")


def test_a_whole_filter_is_taken_or_left(
    client: Client, commune: Unit, upload: Upload, post: Post
) -> None:
    rows = [row(n, f"Nguyễn Văn {chr(65 + n)}a", "01/03/1980", "", "", "12") for n in range(5)]
    roster = upload(client, commune, *rows)
    assert states(roster) == ["doubtful"] * 5
    one = roster.rows.first()
    assert one is not None
    post(client, "roster-rows", roster.pk, decision="leave", filters=f"state=all&q={one.name}")
    assert roster.rows.filter(accepted=False).count() == 1
    post(client, "roster-rows", roster.pk, decision="take", filters="state=doubtful")
    assert sorted(states(roster)) == ["doubtful"] + ["new"] * 4
    assert "Để lại" in page(client, roster, state="left")
    post(client, "roster-row", roster.pk, one.pk, decision="reset")
    assert not roster.rows.filter(accepted=False).exists()


def test_a_dry_run_is_thrown_away_with_its_file(
    client: Client, stood: RosterImport, settings: Any, post: Post
) -> None:
    path = settings.MEDIA_ROOT / stood.file.path  # type: ignore[union-attr]
    assert path.exists()
    post(client, "roster-discard", stood.pk)
    assert not RosterImport.objects.exists()
    assert not RosterRow.objects.exists()
    assert not StoredFile.objects.exists()
    assert not path.exists()
