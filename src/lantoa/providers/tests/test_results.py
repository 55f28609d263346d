"""Results earned elsewhere: read, judged, sent, decided, counted, taken back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from lantoa.accounts.models import User
from lantoa.audit.models import Event
from lantoa.notices.models import Notice
from lantoa.people.models import Person
from lantoa.programmes.actions.enrolments import withdraw_enrolment
from lantoa.programmes.models import Enrolment, Outcome
from lantoa.providers.actions.applying import apply_results
from lantoa.providers.models import Assignment, ResultImport, ResultRow

from .conftest import sheet
from .test_providers import text

Capture = Callable[..., AbstractContextManager[object]]
HEAD: list[object] = ["STT", "Mã học viên", "Họ và tên", "Ngày sinh", "Đơn vị", "Kết quả", "Điểm",
        "Ngày hoàn thành", "Minh chứng"]  # fmt: skip


def upload(client: Client, assignment: Assignment, file: object, capture: Capture) -> ResultImport:
    with capture(execute=True):
        client.post(f"/providers/assignments/{assignment.pk}/upload/", {"file": file})
    return ResultImport.objects.latest("pk")


def post(client: Client, path: str, capture: Capture, **data: object) -> None:
    with capture(execute=True):
        client.post(path, data)


def states(of: ResultImport) -> list[str]:
    return list(of.rows.order_by("position").values_list("state", flat=True))


def filled(enrolments: list[Enrolment]) -> list[list[object]]:
    an, _other, _binh, dung = (e.pk for e in enrolments)
    return [
        HEAD,
        [1, f"HV{an}", "Nguyễn Văn An", None, None, "Đạt", 8.5, None, "CN-01"],
        [2, None, "Nguyễn Văn An", "06/05/1990", None, None, "4,5", None, None],
        [3, None, "Lê Thị Bình", "09/03/1985", None, "Đạt", "", None, "https://truong.example/1"],
        [4, f"HV{dung}", "Vũ Thị Dung", None, None, None, None, None, None],
    ]


def test_from_the_file_to_the_outcome(
    university_client: Client, keeper: Client, assignment: Assignment,
    enrolments: list[Enrolment], django_capture_on_commit_callbacks: Capture, lecturer: User,
) -> None:  # fmt: skip
    capture = django_capture_on_commit_callbacks
    assignment.assigned_by_id = User.objects.get(person__given_name="Giang").pk
    assignment.save()
    of = upload(university_client, assignment, sheet(*filled(enrolments)), capture)
    assert states(of) == ["new", "new", "new", "blank"]
    path = f"/providers/results/{of.pk}/"
    page = text(university_client, path)
    assert "Đọc được cả tệp, sẵn sàng gửi" in page
    assert "Đạt, 85%" in page
    assert "Chưa đạt, 45%" in page
    assert not Outcome.objects.exists()
    assert "Gửi để duyệt" in page
    assert "Duyệt và ghi nhận" not in page
    post(university_client, f"{path}send/", capture)
    of.refresh_from_db()
    assert of.state == "waiting"
    assert not Outcome.objects.exists()
    assert Notice.objects.filter(title__endswith="gửi kết quả chờ duyệt").count() == 1
    assert university_client.post(f"{path}decide/", {"decision": "approve"}).status_code == 404
    assert "1 danh sách kết quả chờ duyệt" in text(keeper, "/providers/")
    post(keeper, f"{path}decide/", capture, decision="approve")
    of.refresh_from_db()
    assert of.state == "applied"
    told = Outcome.objects.values_list("enrolment_id", "passed", "score", "source")
    source = f"providers.assignment:{assignment.pk}"
    assert set(told) == {
        (enrolments[0].pk, True, 85, source),
        (enrolments[1].pk, False, 45, source),
        (enrolments[2].pk, True, None, source),
    }
    completed = Enrolment.objects.filter(completed_at__isnull=False)
    assert set(completed) == {enrolments[0], enrolments[2]}
    page = text(university_client, f"/providers/assignments/{assignment.pk}/")
    assert "3 trên 4 người có kết quả" in page
    assert Notice.objects.filter(user=lecturer, title__endswith="được duyệt").exists()
    assert Event.objects.filter(action="providers.approve_results").exists()


@pytest.fixture
def applied(
    keeper: Client, assignment: Assignment, enrolments: list[Enrolment],
    django_capture_on_commit_callbacks: Capture,
) -> ResultImport:  # fmt: skip
    """A coordinator who sends a file has decided by that."""
    capture = django_capture_on_commit_callbacks
    of = upload(keeper, assignment, sheet(*filled(enrolments)), capture)
    post(keeper, f"/providers/results/{of.pk}/send/", capture)
    of.refresh_from_db()
    assert of.state == "applied"
    return of


def test_a_later_file_corrects_and_says_so(
    applied: ResultImport, keeper: Client, assignment: Assignment, enrolments: list[Enrolment],
    django_capture_on_commit_callbacks: Capture,
) -> None:  # fmt: skip
    rows = filled(enrolments)
    rows[1][5:7] = ["Chưa đạt", 3]
    rows[4][5] = "Đạt"
    of = upload(keeper, assignment, sheet(*rows), django_capture_on_commit_callbacks)
    assert states(of) == ["change", "same", "same", "new"]
    assert "Đạt, 85% → Chưa đạt, 30%" in text(keeper, f"/providers/results/{of.pk}/")
    post(keeper, f"/providers/results/{of.pk}/send/", django_capture_on_commit_callbacks)
    assert Outcome.objects.count() == 4
    assert not Enrolment.objects.filter(pk=enrolments[0].pk, completed_at__isnull=False).exists()
    assert Event.objects.filter(action="programmes.take_back_completion").count() == 1
    post(keeper, f"/providers/results/{of.pk}/undo/", django_capture_on_commit_callbacks)
    of.refresh_from_db()
    assert of.state == "undone"
    assert Outcome.objects.count() == 3
    assert Enrolment.objects.filter(pk=enrolments[0].pk, completed_at__isnull=False).exists()
    assert Outcome.objects.get(enrolment=enrolments[0]).score == 85


def test_undo_leaves_what_another_file_changed(
    applied: ResultImport, keeper: Client, assignment: Assignment, enrolments: list[Enrolment],
    django_capture_on_commit_callbacks: Capture,
) -> None:  # fmt: skip
    capture = django_capture_on_commit_callbacks
    rows = filled(enrolments)
    rows[1][6] = 9
    post(keeper, f"/providers/results/{upload(keeper, assignment, sheet(*rows), capture).pk}/send/",
         capture)  # fmt: skip
    post(keeper, f"/providers/results/{applied.pk}/undo/", capture)
    assert Outcome.objects.get().score == 90


def test_rows_that_are_not_certain_are_said_and_left_out(
    keeper: Client, assignment: Assignment, enrolments: list[Enrolment], people: list[Person],
    django_capture_on_commit_callbacks: Capture,
) -> None:  # fmt: skip
    capture = django_capture_on_commit_callbacks
    rows: list[list[object]] = [
        HEAD,
        [1, None, "Nguyễn Văn An", None, None, "Đạt", None, None, None],
        [2, None, "Trần Văn Không", "01/02/1970", None, "Đạt", None, None, None],
        [3, f"HV{enrolments[2].pk}", "Vũ Thị Dung", None, None, "Đạt", None, None, None],
        [4, "HV99999999", "Vũ Thị Dung", None, None, "Đạt", None, None, None],
        [5, None, "Lê Thị Bình", "09/03/1985", None, "Đạt", 2, None, None],
        [6, f"HV{enrolments[3].pk}", "Vũ Thị Dung", None, None, None, 9, "30/02/2026", None],
    ]
    of = upload(keeper, assignment, sheet(*rows), capture)
    assert states(of) == ["doubt", "unknown", "doubt", "unknown", "wrong", "wrong"]
    path = f"/providers/results/{of.pk}/"
    page = text(keeper, path)
    assert "6 hàng phải xem lại" in page
    for sentence in (
        "Có nhiều người như vậy", "Không ai trong danh sách được giao có tên và ngày sinh này.",
        "Mã học viên này là của Lê Thị Bình (09/03/1985).",
        "Không có mã học viên “HV99999999” trong danh sách được giao.",
        "Ghi “Đạt” nhưng điểm 2 không khớp với mức đạt 50%.", "Không đọc được ngày “30/02/2026”",
    ):  # fmt: skip
        assert sentence in page, sentence
    post(keeper, f"{path}send/", capture)
    of.refresh_from_db()
    assert of.state == "ready"
    assert "Không có kết quả nào để ghi nhận." in text(keeper, path)
    post(keeper, f"{path}rows/1/choose/", capture, enrolment=enrolments[3].pk)
    assert of.rows.get(position=1).state == "doubt"
    post(keeper, f"{path}rows/1/choose/", capture, enrolment=enrolments[1].pk)
    assert of.rows.get(position=1).state == "new"
    post(keeper, f"{path}rows/3/choose/", capture, enrolment="")
    assert of.rows.get(position=3).state == "unknown"
    exported = keeper.get(f"{path}export/?state=wrong")
    cells = CalamineWorkbook.from_filelike(BytesIO(exported.getvalue())).get_sheet_by_index(0)
    assert sum("không khớp" in str(row) for row in cells.to_python()) == 1
    post(keeper, f"{path}send/", capture)
    assert list(Outcome.objects.values_list("enrolment_id", flat=True)) == [enrolments[1].pk]
    post(keeper, f"{path}rows/3/choose/", capture, enrolment=enrolments[2].pk)
    assert of.rows.get(position=3).state == "unknown"


def test_two_things_said_of_one_person_are_neither(
    keeper: Client, assignment: Assignment, enrolments: list[Enrolment],
    django_capture_on_commit_callbacks: Capture,
) -> None:  # fmt: skip
    code = f"HV{enrolments[2].pk}"
    rows: list[list[object]] = [
        HEAD,
        [1, code, "Lê Thị Bình", None, None, "Đạt", None, None, None],
        [2, code, "Lê Thị Bình", None, None, "Chưa đạt", None, None, None],
        [3, f"HV{enrolments[3].pk}", "Vũ Thị Dung", None, None, "Đạt", None, None, None],
        [4, f"HV{enrolments[3].pk}", "Vũ Thị Dung", None, None, "Đạt", None, None, None],
    ]
    of = upload(keeper, assignment, sheet(*rows), django_capture_on_commit_callbacks)
    assert states(of) == ["wrong", "wrong", "new", "same"]
    assert "Người này đã có ở Lớp 1: 3 với kết quả khác." in text(
        keeper, f"/providers/results/{of.pk}/"
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["Họ và tên", "Ngày sinh"], ["Lê Thị Bình", "1985"]], "Tệp không có cột “Kết quả”"),
        ([["A", "B"], [1, 2]], "Tệp không có hàng tiêu đề với cột “Họ và tên”."),
    ],
)
def test_a_file_without_the_columns_says_which(
    rows: list[list[object]], sentence: str, keeper: Client, assignment: Assignment,
    django_capture_on_commit_callbacks: Capture,
) -> None:  # fmt: skip
    of = upload(keeper, assignment, sheet(*rows), django_capture_on_commit_callbacks)
    assert of.state == "refused"
    assert sentence in text(keeper, f"/providers/results/{of.pk}/")


def test_a_hostile_file_is_refused_at_the_door(
    keeper: Client, assignment: Assignment, django_capture_on_commit_callbacks: Capture
) -> None:
    file = BytesIO(b"MZ\x90 not a workbook")
    file.name = "ket-qua.xlsx"
    page = keeper.post(f"/providers/assignments/{assignment.pk}/upload/", {"file": file})
    assert "nội dung bên trong thuộc loại khác" in page.content.decode()
    assert not ResultImport.objects.exists()


def test_returned_with_a_comment_and_dropped(
    university_client: Client, keeper: Client, assignment: Assignment,
    enrolments: list[Enrolment], django_capture_on_commit_callbacks: Capture, lecturer: User,
) -> None:  # fmt: skip
    capture = django_capture_on_commit_callbacks
    of = upload(university_client, assignment, sheet(*filled(enrolments)), capture)
    path = f"/providers/results/{of.pk}/"
    post(university_client, f"{path}send/", capture)
    post(keeper, f"{path}decide/", capture, decision="return", comment="")
    of.refresh_from_db()
    assert of.state == "waiting"
    post(keeper, f"{path}decide/", capture, decision="return", comment="Thiếu minh chứng")
    page = text(university_client, path)
    assert "Thiếu minh chứng" in page
    assert Notice.objects.filter(user=lecturer, body="Thiếu minh chứng").exists()
    assert university_client.post(f"{path}undo/").status_code == 404
    post(university_client, f"{path}drop/", capture)
    of.refresh_from_db()
    assert of.state == "dropped"
    assert not Outcome.objects.exists()


def test_who_left_the_list_since_the_dry_run_is_left_out(
    keeper: Client, assignment: Assignment, enrolments: list[Enrolment],
    django_capture_on_commit_callbacks: Capture,
) -> None:  # fmt: skip
    capture = django_capture_on_commit_callbacks
    of = upload(keeper, assignment, sheet(*filled(enrolments)), capture)
    withdraw_enrolment(enrolment=enrolments[1], actor=None)
    post(keeper, f"/providers/results/{of.pk}/send/", capture)
    assert set(Outcome.objects.values_list("enrolment_id", flat=True)) == {
        enrolments[0].pk, enrolments[2].pk
    }  # fmt: skip
    assert of.rows.get(position=2).state == "unknown"


def test_a_job_that_was_broken_off_goes_on(
    applied: ResultImport, enrolments: list[Enrolment]
) -> None:

    ResultRow.objects.filter(position__gt=1).update(applied_at=None)
    Outcome.objects.exclude(enrolment=enrolments[0]).delete()
    told = apply_results(actor=None, of=applied, say=lambda _n, _of: None)
    assert told == {"recorded": 3, "left_out": 0}
    assert Outcome.objects.count() == 3
