"""A class's own tests: points typed or brought by a file, and what they mean at the end."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from conftest import MakePerson, SignedIn
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from lantoa.classes.actions.attendance import Statement, mark
from lantoa.classes.actions.meetings import set_trainers
from lantoa.classes.actions.scores import Given, add_test, set_points
from lantoa.classes.models import ClassTest, Member, Score, ScoreChange, TrainingClass
from lantoa.classes.rules.points import Asks, PointsWrong, lacking, mean_percent, read_points, shown
from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.programmes.models import Outcome

from .conftest import MakeMeeting, text

MOST_QUERIES = 20
TEN, FIVE = Decimal(10), Decimal(5)


@pytest.fixture
def final(lop: TrainingClass, members: list[Member]) -> ClassTest:
    return make_test(lop, "Cuối khóa")


def make_test(lop: TrainingClass, name: str, *, required: bool = True) -> ClassTest:
    fields = {"name": name, "greatest": TEN, "pass_mark": FIVE, "required": required}
    return add_test(actor=None, training_class=lop, fields=fields)


def got(test: ClassTest, member: Member, points: str) -> None:
    given = [Given(member, Decimal(points), None)]
    set_points(actor=None, test=test, given=given)


def stands(test: ClassTest) -> dict[int, str]:
    rows = Score.objects.filter(test=test)
    return {row.member_id: shown(row.points) for row in rows}


@pytest.mark.parametrize(
    ("typed", "points"),
    [("7,5", "7.5"), ("7.25", "7.25"), (" 8 ", "8"), ("0", "0"), ("10,00", "10"), ("", None)],
)
def test_points_as_people_type_them(typed: str, points: str | None) -> None:
    assert read_points(typed, TEN) == (None if points is None else Decimal(points))


@pytest.mark.parametrize("typed", ["bảy", "7,555", "-1", "1e1", "10,01", "11", "7,", "٧", "NaN"])
def test_what_is_no_such_number_is_refused(typed: str) -> None:
    with pytest.raises(PointsWrong):
        read_points(typed, TEN)


@pytest.mark.parametrize(
    ("points", "words"), [("7.50", "7,5"), ("10.00", "10"), ("0.00", "0"), ("100", "100")]
)
def test_points_are_shown_as_one_types_them(points: str, words: str) -> None:
    assert shown(Decimal(points)) == words
    assert read_points(words, Decimal(1000)) == Decimal(points)


def test_what_is_missing_and_what_the_tests_come_to() -> None:
    must = Asks(1, TEN, FIVE, required=True)
    may = Asks(2, Decimal(20), TEN, required=False)
    assert lacking([must, may], {}) == [1]
    assert lacking([must, may], {1: Decimal("4.99"), 2: TEN}) == [1]
    assert lacking([must, may], {1: FIVE}) == []
    assert mean_percent([], {}) is None
    assert mean_percent([may], {}) is None, "a test that one may take and didn't counts for nothing"
    assert mean_percent([must], {}) == 0
    assert mean_percent([must, may], {1: Decimal(8)}) == 80
    assert mean_percent([must, may], {1: Decimal(8), 2: Decimal("11.9")}) == 69, "69,75% down"


def test_a_coordinator_adds_changes_and_removes_a_test(
    coordinator: Client, lop: TrainingClass, members: list[Member]
) -> None:
    path = f"/classes/{lop.pk}/tests/"
    assert "Lớp chưa có bài kiểm tra" in text(coordinator, path)
    sent = {"name": "Giữa khóa", "held_on": "31/02/2026", "greatest": "10", "pass_mark": "11"}
    page = coordinator.post(path, sent).content.decode()
    assert "31/02/2026" in page
    page = coordinator.post(path, {**sent, "held_on": ""}).content.decode()
    assert "Điểm đạt không quá điểm tối đa." in page
    page = coordinator.post(path, {**sent, "greatest": "0"}).content.decode()
    assert "Hãy nhập số lớn hơn 0." in page
    sent |= {"held_on": "07/12/2026", "pass_mark": "5,5", "required": "on"}
    coordinator.post(path, sent)
    assert "Lớp đã có bài kiểm tra tên này." in coordinator.post(path, sent).content.decode()
    made = ClassTest.objects.get()
    assert (made.pass_mark, made.required) == (Decimal("5.5"), True)
    assert 'value="5,5"' in text(coordinator, f"/classes/tests/{made.pk}/edit/")
    got(made, members[0], "9.5")
    less = {**sent, "greatest": "9"}
    page = coordinator.post(f"/classes/tests/{made.pk}/edit/", less).content.decode()
    assert "Đã có người được 9,5 điểm." in page
    remove = {"step": "remove"}
    path = f"/classes/tests/{made.pk}/edit/"
    page = coordinator.post(path, remove, follow=True).content.decode()
    assert "Bài kiểm tra đã có điểm nên không xóa được" in page
    other = make_test(lop, "Thử")
    coordinator.post(f"/classes/tests/{other.pk}/edit/", remove)
    assert list(ClassTest.objects.all()) == [made]


def test_points_are_typed_and_each_change_is_kept(
    coordinator: Client,
    final: ClassTest,
    members: list[Member],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    path = f"/classes/tests/{final.pk}/"
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "Nguyễn Văn An" in text(coordinator, path)
    first, second, third = (member.pk for member in members[:3])
    sent = {f"p{first}": "7,5", f"w{first}": "", f"p{second}": "", f"w{second}": "", "p999": "3"}
    page = coordinator.post(path, sent, follow=True).content.decode()
    assert "Đã ghi điểm của 1 người." in page
    assert stands(final) == {first: "7,5"}
    coordinator.post(path, {f"p{first}": "", f"w{first}": "7,5", f"p{third}": "10"})
    assert stands(final) == {first: "", third: "10"}
    kept = ScoreChange.objects.filter(member=first).order_by("pk").values_list("was", "points")
    assert list(kept) == [(None, Decimal("7.5")), (Decimal("7.5"), None)]
    assert all(one.by_id for one in ScoreChange.objects.all())
    assert "Đầu Mối Tỉnh" in text(coordinator, path)
    assert "Ghi điểm kiểm tra của 2 người" in text(
        coordinator, f"/classes/{members[0].training_class_id}/"
    )


def test_one_wrong_cell_and_nothing_is_written_or_lost(
    coordinator: Client, final: ClassTest, members: list[Member]
) -> None:
    first, second = members[0].pk, members[1].pk
    sent = {f"p{first}": "8", f"w{first}": "", f"p{second}": "11", f"w{second}": ""}
    page = coordinator.post(f"/classes/tests/{final.pk}/", sent).content.decode()
    assert "1 ô cần sửa" in page
    assert "Nhiều nhất 10 điểm." in page
    assert 'value="8"' in page
    assert 'value="11"' in page
    assert f'aria-describedby="e{second}"' in page
    assert not Score.objects.exists()


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(
    coordinator: Client, final: ClassTest, members: list[Member]
) -> None:
    first, second = members[0].pk, members[1].pk
    got(final, members[0], "6")
    got(final, members[1], "7")
    sent = {f"p{first}": "8", f"w{first}": "", f"p{second}": "", f"w{second}": ""}
    page = coordinator.post(f"/classes/tests/{final.pk}/", sent).content.decode()
    assert "Người khác vừa ghi: 6." in page
    assert f'name="w{first}" value="6"' in page
    assert stands(final) == {first: "6", second: "7"}, "a page shown before erases nothing either"
    coordinator.post(f"/classes/tests/{final.pk}/", {**sent, f"w{first}": "6"})
    assert stands(final) == {first: "8", second: "7"}


def template(client: Client, test: ClassTest) -> list[list[Any]]:
    answer = client.get(f"/classes/tests/{test.pk}/export/")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def workbook(rows: list[list[Any]]) -> SimpleUploadedFile:
    file = BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(at, column, cell)
    return SimpleUploadedFile("diem.xlsx", file.getvalue())


def test_the_template_comes_back_is_looked_over_and_applied(
    coordinator: Client, final: ClassTest, members: list[Member]
) -> None:
    got(final, members[0], "6.5")
    got(final, members[1], "7")
    rows = template(coordinator, final)
    head = next(at for at, row in enumerate(rows) if "Mã học viên" in row)
    assert rows[head][-1] == "Điểm (tối đa 10)"
    by_code = {int(row[1]): row for row in rows[head + 1 :]}
    assert by_code[members[0].pk][-1] == 6.5
    by_code[members[0].pk][-1] = ""
    by_code[members[1].pk][-1] = 7
    by_code[members[2].pk][-1] = 7.1
    by_code[members[3].pk][-1] = "8,25"
    by_code[members[4].pk][-1] = "vắng"
    rows += [["", 999999, "Ai Đó", "", "", 5], ["", members[2].pk, "Tên Khác", "", "", 9]]
    path = f"/classes/tests/{final.pk}/"
    page = coordinator.post(f"{path}upload/", {"file": workbook(rows)}).content.decode()
    assert "Tệp sẽ đổi điểm của 3 người" in page
    assert "1 người giữ như đã ghi" in page
    assert "không ai trong lớp có mã 999999." in page
    assert "tệp ghi Tên Khác" in page
    assert "Ghi một số, nhiều nhất hai chữ số thập phân" in page
    assert 'value="7,1"' in page
    assert 'value="vắng"' in page
    assert Score.objects.count() == 2
    keys = [members[2].pk, members[3].pk, members[4].pk]
    sent = dict(zip((f"p{pk}" for pk in keys), ("7,1", "8,25", ""), strict=True))
    coordinator.post(path, {**sent, "from_file": "1"})
    assert stands(final) == dict(
        zip((m.pk for m in members[:4]), ("6,5", "7", "7,1", "8,25"), strict=True)
    )
    assert ScoreChange.objects.filter(from_file=True).count() == 2


def test_the_template_in_english_comes_back_too(
    coordinator: Client, final: ClassTest, members: list[Member]
) -> None:
    with translation.override("en"):
        client, path = coordinator, f"/classes/tests/{final.pk}/"
        client.cookies["django_language"] = "en"
        rows = template(client, final)
        head = next(at for at, row in enumerate(rows) if "Learner code" in row)
        assert rows[head][-1] == "Points (at most 10)"
        rows[head + 1][-1] = 9
        page = client.post(f"{path}upload/", {"file": workbook(rows)}).content.decode()
    assert "The file will change the points of 1 person" in page


def test_a_file_of_more_than_a_page_takes_is_written_in_parts(
    coordinator: Client,
    final: ClassTest,
    members: list[Member],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lantoa.classes.views.scores.MOST_SENT", 2)
    rows = "\n".join(f"{member.pk};7" for member in members)
    file = SimpleUploadedFile("diem.csv", f"Mã học viên;Điểm\n{rows}\n".encode())
    page = coordinator.post(f"/classes/tests/{final.pk}/upload/", {"file": file}).content.decode()
    assert "Tệp đổi điểm của 5 người, mỗi lần ghi 2. Ghi xong, gửi lại tệp." in page
    assert page.count('inputmode="decimal"') == 2


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("diem.exe", b"MZ", "không phải danh sách Excel"),
        ("diem.xlsx", b"not a workbook", "nội dung bên trong thuộc loại khác"),
        ("diem.csv", "Tên,Điểm\nAn,5\n".encode(), "Không thấy cột"),
        ("diem.csv", "Mã học viên,Điểm\n1,\n".encode(), "tệp chưa có điểm nào"),
    ],
)
def test_another_file_is_refused_with_a_sentence(
    coordinator: Client, final: ClassTest, name: str, data: bytes, sentence: str
) -> None:
    file = SimpleUploadedFile(name, data)
    page = coordinator.post(f"/classes/tests/{final.pk}/upload/", {"file": file}, follow=True)
    assert sentence in page.content.decode()
    again = coordinator.post(f"/classes/tests/{final.pk}/upload/", follow=True).content.decode()
    assert "Hãy chọn tệp .xlsx" in again


def test_who_may_type_points(
    coordinator: Client,
    learner: Client,
    commune_coordinator: Client,
    stranger: Client,
    final: ClassTest,
    members: list[Member],
) -> None:
    doors = ["", "edit/", "export/"]
    for who in (learner, stranger, commune_coordinator):
        for door in doors:
            assert who.get(f"/classes/tests/{final.pk}/{door}").status_code == 404
        assert (
            who.post(f"/classes/tests/{final.pk}/", {f"p{members[0].pk}": "9"}).status_code == 404
        )
        assert who.post(f"/classes/tests/{final.pk}/upload/").status_code == 404
        assert who.get(f"/classes/{final.training_class_id}/tests/").status_code == 404
    assert not Score.objects.exists()
    got(final, members[0], "9")
    got(final, members[1], "3.5")
    page = text(learner, "/classes/mine/")
    assert "9/10" in page
    assert "3,5/10" not in page


def test_a_trainer_types_points_and_comes_back_to_where_they_were(
    final: ClassTest,
    lop: TrainingClass,
    members: list[Member],
    make_meeting: MakeMeeting,
    make_person: MakePerson,
    province: Unit,
    signed_in: SignedIn,
) -> None:
    trainer = make_person("Phạm Thu Trang", province)
    set_trainers(actor=None, meetings=[make_meeting(lop, clock.now())], trainers=[trainer])
    client = signed_in(trainer)
    path = f"/classes/tests/{final.pk}/?q=an"
    assert f'action="{path}"' in text(client, path)
    answer = client.post(path, {f"p{members[0].pk}": "9", f"w{members[0].pk}": ""})
    assert answer["Location"] == path
    assert stands(final) == {members[0].pk: "9"}
    assert client.get(f"/classes/{lop.pk}/tests/").status_code == 200
    assert client.post(f"/classes/{lop.pk}/tests/", {"name": "x"}).status_code == 404
    assert client.get(f"/classes/tests/{final.pk}/edit/").status_code == 404


def test_to_pass_one_attends_and_passes_every_required_test(
    coordinator: Client,
    lop: TrainingClass,
    members: list[Member],
    final: ClassTest,
    make_meeting: MakeMeeting,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def end() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            coordinator.post(f"/classes/{lop.pk}/end/")

    meeting = make_meeting(lop, clock.now() - timedelta(days=3))
    here = [Statement(m, "present", f"there-{m.pk}", meeting.starts_at) for m in members[:4]]
    mark(actor=None, meeting=meeting, statements=here, evidence="list")
    optional = make_test(lop, "Thêm", required=False)
    for member, points in zip(members, ("8", "4.75", "5", "", "9"), strict=True):
        if points:
            got(final, member, points)
    got(optional, members[0], "10")
    page = text(coordinator, f"/classes/{lop.pk}/end/")
    assert "đạt mọi bài kiểm tra bắt buộc" in page
    assert "Lúc này 2 trên 5 người đạt." in page
    assert "Cuối khóa: 4,75, cần 5" in page
    assert "Cuối khóa: chưa có điểm" in page
    assert "dự 0%, cần 80%" in page
    end()
    outcomes = Outcome.objects.order_by("enrolment_id").values_list("passed", "score")
    assert list(outcomes) == [(True, 90), (False, 47), (True, 50), (False, 0), (False, 90)]
    path = f"/classes/tests/{final.pk}/"
    refused = coordinator.post(path, {f"p{members[1].pk}": "5", f"w{members[1].pk}": "4,75"})
    assert "Lớp đã kết thúc hoặc đã hủy nên không sửa được." in refused.content.decode()
    assert stands(final)[members[1].pk] == "4,75"
    coordinator.post(f"/classes/{lop.pk}/reopen/")
    coordinator.post(path, {f"p{members[1].pk}": "5", f"w{members[1].pk}": "4,75"})
    end()
    outcomes = Outcome.objects.order_by("enrolment_id").values_list("passed", "score")
    assert list(outcomes)[1] == (True, 50)
    assert Outcome.objects.count() == 5


def test_the_list_of_the_class_has_the_points(
    coordinator: Client, lop: TrainingClass, members: list[Member], final: ClassTest
) -> None:
    got(final, members[0], "6.5")
    answer = coordinator.get(f"/classes/{lop.pk}/attendance/export/")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[4][-1] == "Cuối khóa"
    assert rows[5][-1] == 6.5
