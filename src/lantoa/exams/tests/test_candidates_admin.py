"""Candidates, rooms, seats, numbers, codes and duties over HTTP, as an examiner keeps them."""

import re
import zlib
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
import xlsxwriter
from conftest import Grant, MakePerson, SignedIn
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lantoa.accounts.queries import personal_number_hash
from lantoa.audit.models import Event
from lantoa.exams.actions.access_codes import issue_codes
from lantoa.exams.actions.holding import SittingFields, hold_sitting
from lantoa.exams.actions.prepare import prepare_sitting
from lantoa.exams.actions.seating import number_candidates
from lantoa.exams.delivery.codes import code_hash
from lantoa.exams.models import Attempt, Candidate, Duty, Room
from lantoa.exams.rules.numbers import Pattern
from lantoa.exams.tests.conftest import World
from lantoa.exams.tests.held import BEFORE, OPENS, WINDOW, Held
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.web.sheets import XLSX


def get(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


@pytest.fixture
def empty(held: Held) -> Held:
    """Another sitting of the exam, without anybody in it."""
    window = WINDOW.later(timedelta(hours=6))
    fields = SittingFields(title="Ca chiều", window=window)
    return Held(held.exam, hold_sitting(actor=None, exam=held.exam, fields=fields), held.people)


@pytest.fixture(autouse=True)
def _days_before() -> object:
    with clock.fixed(BEFORE):
        yield


# ---- putting people in ----


def test_people_of_a_unit_are_counted_then_put_in(
    examiner: Client, empty: Held, commune: Unit, other_commune: Unit, make_person: MakePerson
) -> None:
    make_person("Người Nơi Khác", other_commune)
    make_person("Người Đã Nghỉ", commune, left_on=date(2026, 1, 1))
    path = f"/exams/sittings/{empty.sitting.pk}/candidates/add/"
    assert "Chưa có thí sinh nào" in get(examiner, path.removesuffix("add/"))
    asked: dict[str, str | int] = {"unit": commune.pk, "below": "on"}
    text = examiner.get(path, asked).content.decode()
    assert "Sẽ thêm 5 thí sinh, 0 đã có" in text
    assert "Nguyễn Văn An" in text
    assert not empty.sitting.candidates.exists()
    text = examiner.post(path, asked, follow=True).content.decode()
    assert "Đã thêm 5 thí sinh; 0 đã có" in text
    assert empty.sitting.candidates.count() == 5
    assert "Không có ai mới để thêm" in examiner.get(path, asked).content.decode()


def test_a_unit_out_of_reach_is_no_choice(examiner: Client, empty: Held, country: Unit) -> None:
    path = f"/exams/sittings/{empty.sitting.pk}/candidates/add/"
    text = examiner.post(path, {"unit": country.pk, "below": "on"}).content.decode()
    assert "Hãy chọn" in text
    assert not empty.sitting.candidates.exists()


def test_people_of_a_cohort_are_put_in(examiner: Client, empty: Held, world: World) -> None:
    path = f"/exams/sittings/{empty.sitting.pk}/candidates/cohort/"
    asked: dict[str, str | int] = {"cohort": world.cohort.pk, "only": "all"}
    assert "Sẽ thêm 1 thí sinh" in examiner.get(path, asked).content.decode()
    examiner.post(path, asked)
    assert empty.sitting.candidates.get().person == world.person


def test_people_are_picked_by_search(
    examiner: Client, empty: Held, country: Unit, make_person: MakePerson
) -> None:
    path = f"/exams/sittings/{empty.sitting.pk}/candidates/pick/"
    text = get(examiner, f"{path}?q=binh")
    assert "Trần Thị Bình" in text
    assert "Nguyễn Văn An" not in text
    stranger = make_person("Người Trung Ương", country)
    chosen = [empty.people[1].pk, stranger.pk]
    examiner.post(path, {"person": chosen})
    assert [one.person for one in empty.candidates] == [empty.people[1]]
    text = examiner.post(path, {}, follow=True).content.decode()
    assert "Hãy chọn ít nhất một người." in text


def test_a_pasted_list_is_judged_row_by_row(
    examiner: Client, held: Held, empty: Held, commune: Unit, country: Unit, make_person: MakePerson
) -> None:
    an, binh, cuong, _dung, em = held.people
    Person.objects.filter(pk=an.pk).update(
        personal_number_hash=personal_number_hash("019185001234")
    )
    Person.objects.filter(pk=binh.pk).update(phone="0912345678")
    Person.objects.filter(pk=cuong.pk).update(email="cuong@x.example")
    make_person("Phạm Thị Dung", commune)
    Person.objects.filter(pk=em.pk).update(phone="0987654321")
    make_person("Người Trung Ương", country, phone="0900000001")
    pasted = "\n".join(
        [
            "019185001234",
            "2\tTrần Thị Bình\t912345678",
            "CUONG@X.example; Lê Văn Cường",
            "Phạm Thị Dung",
            "Tên Khác Hẳn, 0987654321",
            "0900000001",
            "0912345678",
        ]
    )
    path = f"/exams/sittings/{empty.sitting.pk}/candidates/paste/"
    get(examiner, path)
    text = examiner.post(path, {"pasted": pasted}).content.decode()
    assert "3 người tìm thấy, 2 phải xem lại, 1 không thấy" in text
    for sentence in (
        "Có nhiều người khớp; hãy chọn.",
        "Số khớp nhưng tên khác: trong hệ thống là Hoàng Văn Em.",
        "Không có ai trong phạm vi của anh/chị khớp dòng này.",
        "Trùng với dòng 2.",
    ):
        assert sentence in text
    ticked = re.findall(r'name="person" value="(\d+)" checked', text)
    assert sorted(map(int, ticked)) == sorted([an.pk, binh.pk, cuong.pk])
    assert not empty.sitting.candidates.exists()


def sheet_of(rows: list[list[str | int]]) -> SimpleUploadedFile:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Danh sách")
    for n, row in enumerate(rows):
        sheet.write_row(n, 0, row)
    book.close()
    return SimpleUploadedFile("thi-sinh.xlsx", buffer.getvalue(), XLSX)


def test_a_file_is_judged_like_a_pasted_list_and_can_be_corrected(
    examiner: Client, empty: Held, held: Held
) -> None:
    """Titles and headers are no people; phones that lost their zero are found."""
    an, binh, *_others = held.people
    Person.objects.filter(pk=an.pk).update(phone="0912345678")
    Person.objects.filter(pk=binh.pk).update(email="binh@x.example")
    path = f"/exams/sittings/{empty.sitting.pk}/candidates/paste/"
    upload = sheet_of(
        [
            ["ỦY BAN NHÂN DÂN XÃ"],
            ["DANH SÁCH THÍ SINH"],
            ["STT", "Họ và tên", "Số điện thoại", "Email"],
            [1, "Nguyễn Văn An", 912345678, ""],
            [2, "Trần Thị Bình", "", "binh@x.example"],
            [3, "Người Lạ", "0999999999", ""],
        ]
    )
    text = examiner.post(path, {"file": upload}).content.decode()
    assert "2 người tìm thấy, 0 phải xem lại, 1 không thấy" in text
    ticked = re.findall(r'name="person" value="(\d+)" checked', text)
    assert sorted(map(int, ticked)) == sorted([an.pk, binh.pk])
    assert "DANH SÁCH THÍ SINH" not in text
    assert "3\tNgười Lạ\t0999999999" in text, "the lines can be corrected and sent again"
    assert not empty.sitting.candidates.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("thi-sinh.xlsx", b"not a workbook", "thi-sinh.xlsx: "),
        ("thi-sinh.csv", b"\n\n", "thi-sinh.csv: "),
        ("", b"", "Hãy chọn một tệp hoặc dán danh sách."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    examiner: Client, empty: Held, name: str, content: bytes, words: str
) -> None:
    path = f"/exams/sittings/{empty.sitting.pk}/candidates/paste/"
    data = {"file": SimpleUploadedFile(name, content)} if name else {}
    answer = examiner.post(path, data)
    assert words in answer.content.decode()
    assert answer.context["form"].errors


def test_nobody_is_put_into_a_whole_cohorts_test(examiner: Client, world: World) -> None:
    path = f"/exams/sittings/{world.sitting.pk}/candidates/pick/"
    text = examiner.post(path, {"person": [world.person.pk]}, follow=True).content.decode()
    assert "Ca thi này dành cho cả đợt" in text


# ---- one candidate ----


def test_a_candidate_is_withdrawn_with_a_reason_and_comes_back(
    examiner: Client, held: Held
) -> None:
    number_candidates(actor=None, sitting=held.sitting, pattern=Pattern("TN", 4))
    one = held.candidates[0]
    path = f"/exams/candidates/{one.pk}/"
    assert "Rút khỏi ca thi" in get(examiner, path)
    assert 'aria-invalid="true"' in examiner.post(f"{path}withdraw/", {}).content.decode()
    examiner.post(f"{path}withdraw/", {"reason": "Ốm, có giấy"})
    one.refresh_from_db()
    assert (one.withdrawn_at, one.number) == (BEFORE, "")
    text = get(examiner, path)
    assert "Ốm, có giấy" in text
    assert f"sittings/{held.sitting.pk}/candidates/" in text
    assert one.person.full_name in get(
        examiner, f"/exams/sittings/{held.sitting.pk}/candidates/?state=withdrawn"
    )
    examiner.post(f"{path}restore/")
    one.refresh_from_db()
    assert one.withdrawn_at is None


def test_extra_minutes_need_a_reason_and_are_written_down(examiner: Client, held: Held) -> None:
    one = held.candidates[0]
    path = f"/exams/candidates/{one.pk}/"
    text = examiner.post(path, {"extra": "", "extra-minutes": "15"}).content.decode()
    assert 'aria-invalid="true"' in text
    sent = {"extra": "", "extra-minutes": "15", "extra-reason": "Khiếm thị"}
    examiner.post(path, sent)
    one.refresh_from_db()
    assert one.extra_minutes == 15
    text = get(examiner, path)
    assert "Thêm 15 phút cho một thí sinh" in text
    assert "Khiếm thị" in text
    Attempt.objects.filter(candidate=one).delete()


def test_a_candidate_changes_seat_unless_it_is_taken(examiner: Client, held: Held) -> None:
    room = Room.objects.create(sitting=held.sitting, name="Phòng 1", seats=3)
    first, second = held.candidates[:2]
    Candidate.objects.filter(pk=second.pk).update(room=room, seat=2)
    path = f"/exams/candidates/{first.pk}/"
    sent = {"place": "", "place-room": room.pk}
    for seat, sentence in (("2", "đã có Trần Thị Bình"), ("4", "có chỗ từ 1 đến 3")):
        text = examiner.post(path, {**sent, "place-seat": seat}).content.decode()
        assert sentence in text
    examiner.post(path, {**sent, "place-seat": "3"})
    first.refresh_from_db()
    assert (first.room, first.seat) == (room, 3)


def test_who_has_begun_is_not_withdrawn(examiner: Client, held: Held) -> None:
    prepare_sitting(actor=None, sitting=held.sitting)
    one = held.candidates[0]
    one.attempts.update(started_at=OPENS, deadline_at=OPENS)
    text = examiner.post(f"/exams/candidates/{one.pk}/withdraw/", {"reason": "x"}).content.decode()
    assert "Thí sinh đã bắt đầu làm bài" in text
    one.refresh_from_db()
    assert one.withdrawn_at is None


# ---- rooms, seats, numbers ----


def test_rooms_are_added_changed_and_removed(examiner: Client, held: Held) -> None:
    path = f"/exams/sittings/{held.sitting.pk}/rooms/"
    assert "Chưa có phòng thi" in get(examiner, path)
    sent = {"name": "Phòng", "place": "Nhà A", "seats": "2", "count": "3", "networks": ""}
    examiner.post(path, sent)
    rooms = held.sitting.rooms.order_by("name")
    assert [room.name for room in rooms] == ["Phòng 01", "Phòng 02", "Phòng 03"]
    assert "3 phòng, 6 chỗ cho 5 thí sinh" in get(examiner, path)
    text = examiner.post(path, {**sent, "name": "Phòng 01", "count": "1"}).content.decode()
    assert "đã có phòng tên Phòng 01" in text
    text = examiner.post(path, {**sent, "networks": "10.0.0"}).content.decode()
    assert "“10.0.0” không phải là địa chỉ mạng" in text
    edit = f"/exams/rooms/{rooms[0].pk}/edit/"
    examiner.post(edit, {**sent, "name": "Phòng 101", "seats": "4"})
    assert held.sitting.rooms.get(name="Phòng 101").seats == 4
    examiner.post(f"/exams/rooms/{rooms[0].pk}/remove/")
    assert held.sitting.rooms.count() == 2


def test_seats_and_numbers_are_given_in_order(
    examiner: Client, held: Held, other_commune: Unit, make_person: MakePerson
) -> None:
    path = f"/exams/sittings/{held.sitting.pk}/seats/"
    assert "Ca thi chưa có phòng nào." in get(examiner, path)
    Room.objects.create(sitting=held.sitting, name="Phòng 1", seats=2)
    Room.objects.create(sitting=held.sitting, name="Phòng 2", seats=2)
    text = examiner.post(path, {"seat": "", "seats-order": "name"}, follow=True).content.decode()
    assert "Đã xếp chỗ cho 4 thí sinh." in text
    assert "Còn 1 thí sinh chưa có chỗ" in text
    seated = held.sitting.candidates.order_by("room__name", "seat").exclude(seat=None)
    names = [one.person.given_name for one in seated]
    assert names == ["An", "Bình", "Cường", "Dung"]
    sent = {"number": "", "numbers-letters": "tn26", "numbers-digits": "3", "numbers-start": "1"}
    examiner.post(path, sent)
    assert list(seated.values_list("number", flat=True)) == [
        "TN26001",
        "TN26002",
        "TN26003",
        "TN26004",
    ]
    assert held.sitting.candidates.get(seat=None).number == "TN26005"
    assert 'value="6"' in get(examiner, path)  # where the numbers go on
    text = examiner.post(path, {**sent, "numbers-letters": "số"}).content.decode()
    assert "Chỉ dùng chữ cái không dấu" in text


def test_numbers_that_do_not_fit_are_refused(examiner: Client, province: Unit, held: Held) -> None:
    path = f"/exams/sittings/{held.sitting.pk}/seats/"
    sent = {"number": "", "numbers-letters": "", "numbers-digits": "2", "numbers-start": "97"}
    assert "2 chữ số không đủ cho 5 thí sinh" in examiner.post(path, sent).content.decode()
    assert not held.sitting.candidates.exclude(number="").exists()


def test_numbering_anew_ends_printed_codes(held: Held) -> None:
    number_candidates(actor=None, sitting=held.sitting, pattern=Pattern("A", 4))
    issue_codes(actor=None, sitting=held.sitting, candidates=held.candidates)
    number_candidates(actor=None, sitting=held.sitting, pattern=Pattern("B", 4), anew=True)
    assert {one.number for one in held.candidates} == {f"B000{n}" for n in range(1, 6)}
    assert not held.sitting.candidates.exclude(code_hash="").exists()


# ---- codes ----


def texts_of(pdf: bytes) -> str:
    """What is drawn, as hexadecimal glyphs: enough to see that two prints differ."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    drawn = []
    for stream in streams:
        try:
            drawn.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"".join(drawn).decode("latin-1")


def test_codes_are_printed_once_and_kept_as_hashes(examiner: Client, held: Held) -> None:
    path = f"/exams/sittings/{held.sitting.pk}/codes/"
    text = examiner.post(path, {"which": "new"}, follow=True).content.decode()
    assert "Có thí sinh chưa có số báo danh" in text
    number_candidates(actor=None, sitting=held.sitting, pattern=Pattern("TN", 4))
    assert "0 trên 5 thí sinh đã được in mã" in get(examiner, path)
    printed = examiner.post(path, {"which": "new", "slips": "on"})
    assert printed.headers["Content-Type"] == "application/pdf"
    assert "no-store" in printed.headers["Cache-Control"]
    assert printed.content.startswith(b"%PDF")
    hashes = {one.code_hash for one in held.candidates}
    assert len(hashes) == 5
    assert all(len(one) == 64 for one in hashes)
    event = Event.objects.get(action="exams.issue_codes")
    assert event.data == {"codes": 5}
    text = examiner.post(path, {"which": "new"}, follow=True).content.decode()
    assert "Không có thí sinh nào cần cấp mã" in text
    again = examiner.post(path, {"which": "all", "slips": "on"})
    assert texts_of(again.content) != texts_of(printed.content)
    assert not hashes & {one.code_hash for one in held.candidates}


def test_a_code_for_one_is_shown_once_and_unlocks(examiner: Client, held: Held) -> None:
    number_candidates(actor=None, sitting=held.sitting, pattern=Pattern("TN", 4))
    one = held.candidates[0]
    Candidate.objects.filter(pk=one.pk).update(locked_at=BEFORE, failures=10)
    text = examiner.post(f"/exams/candidates/{one.pk}/code/").content.decode()
    found = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", text)
    assert found is not None
    one.refresh_from_db()
    assert one.code_hash == code_hash(found[0])
    assert (one.locked_at, one.failures) == (None, 0)
    event = Event.objects.get(action="exams.issue_codes")
    assert event.data == {"codes": 1, "candidate": one.pk}
    assert found[0] not in get(examiner, f"/exams/candidates/{one.pk}/")


def test_lists_have_no_codes_and_are_written_down(examiner: Client, held: Held) -> None:
    printed = examiner.get(f"/exams/sittings/{held.sitting.pk}/lists.pdf")
    assert printed.content.startswith(b"%PDF")
    assert Event.objects.get(action="exams.print_lists").data == {"candidates": 5}


# ---- opening ahead ----


def test_opening_deals_papers_so_that_neighbours_differ(
    examiner: Client, held: Held, make_person: MakePerson, commune: Unit
) -> None:
    room = Room.objects.create(sitting=held.sitting, name="Phòng 1", seats=10)
    for seat, one in enumerate(held.candidates, start=1):
        Candidate.objects.filter(pk=one.pk).update(room=room, seat=seat)
    path = f"/exams/sittings/{held.sitting.pk}"
    assert "chia cho 5 thí sinh" in get(examiner, f"{path}/prepare/")
    text = examiner.post(f"{path}/prepare/", follow=True).content.decode()
    assert "Đã mở sẵn: chia đề cho 5 thí sinh." in text
    held.sitting.refresh_from_db()
    assert held.sitting.prepared_at == BEFORE
    attempts = Attempt.objects.filter(sitting=held.sitting)
    assert attempts.count() == 5
    assert len(set(attempts.values_list("seed", flat=True))) == 5
    assert not attempts.filter(started_at__isnull=False).exists()
    event = Event.objects.get(action="exams.prepare_sitting")
    digests = list(held.sitting.bundles.values_list("digest", flat=True))
    assert event.data == {"attempts": 5, "digests": digests}
    # Again: nothing new; who is added later gets theirs at once.
    examiner.post(f"{path}/prepare/")
    assert attempts.count() == 5
    assert Event.objects.filter(action="exams.prepare_sitting").count() == 1
    late = make_person("Vũ Thị Muộn", commune)
    examiner.post(f"{path}/candidates/pick/", {"person": [late.pk]})
    assert attempts.count() == 6


def test_opening_is_undone_while_nobody_has_started(examiner: Client, held: Held) -> None:
    path = f"/exams/sittings/{held.sitting.pk}"
    examiner.post(f"{path}/prepare/")
    get(examiner, f"{path}/prepare/undo/")
    examiner.post(f"{path}/prepare/undo/")
    assert not Attempt.objects.exists()
    held.sitting.refresh_from_db()
    assert held.sitting.prepared_at is None
    assert not held.sitting.bundles.exists()
    examiner.post(f"{path}/prepare/")
    Attempt.objects.filter(candidate=held.candidates[0]).update(started_at=OPENS, deadline_at=OPENS)
    text = examiner.post(f"{path}/prepare/undo/", follow=True).content.decode()
    assert "không hủy mở sẵn được nữa" in text
    assert Attempt.objects.count() == 5


def test_a_bank_too_small_is_said(examiner: Client, held: Held) -> None:
    cell = held.exam.blueprint.cells.order_by("pk")[0]
    cell.count = 90
    cell.save()
    text = examiner.post(
        f"/exams/sittings/{held.sitting.pk}/prepare/", follow=True
    ).content.decode()
    assert "Chưa mở sẵn được" in text
    assert "cần 90 câu đã duyệt" in text


def test_a_whole_cohorts_test_is_opened_by_a_job(examiner: Client, world: World) -> None:
    with clock.fixed(datetime(2022, 5, 1, 9, tzinfo=OPENS.tzinfo)):
        path = f"/exams/sittings/{world.sitting.pk}/prepare/"
        made = examiner.post(path)
    assert made.headers["Location"].startswith("/jobs/")


# ---- duties ----


def test_duties_are_given_by_search_and_withdrawn(
    examiner: Client, held: Held, commune: Unit, make_person: MakePerson
) -> None:
    room = Room.objects.create(sitting=held.sitting, name="Phòng 1")
    watcher = make_person("Đỗ Văn Canh", commune)
    path = f"/exams/sittings/{held.sitting.pk}/duties/"
    assert "Chưa phân công ai" in get(examiner, path)
    assert "Đỗ Văn Canh" in get(examiner, f"{path}?q=canh")
    sent = {"q": "canh", "person": watcher.pk, "role": "invigilator", "room": room.pk}
    text = examiner.post(path, sent, follow=True).content.decode()
    assert "1 người được phân công" in text
    assert "đã được giao việc ấy rồi" in examiner.post(path, sent).content.decode()
    candidate = {"q": "binh", "person": held.people[1].pk, "role": "marker"}
    text = examiner.post(path, candidate).content.decode()
    assert "Người này là thí sinh của chính ca thi." in text
    duty = Duty.objects.get()
    assert (duty.room, duty.user) == (room, watcher.user)
    examiner.post(f"/exams/duties/{duty.pk}/withdraw/")
    duty.refresh_from_db()
    assert duty.withdrawn_at == BEFORE


# ---- the checklist ----


def test_the_checklist_leads_from_nothing_to_ready(
    examiner: Client, empty: Held, held: Held, commune: Unit, make_person: MakePerson
) -> None:
    path = f"/exams/sittings/{empty.sitting.pk}/preparations/"
    text = get(examiner, path)
    for sentence in ("Chưa có thí sinh nào.", "Chưa phân công giám thị.", "chưa được mở sẵn"):
        assert sentence in text
    Candidate.objects.create(sitting=empty.sitting, person=held.people[0], unit=commune)
    room = Room.objects.create(sitting=empty.sitting, name="Phòng 9", seats=1)
    text = get(examiner, path)
    for sentence in (
        "1 thí sinh chưa có chỗ ngồi.",
        "1 thí sinh chưa có số báo danh.",
        "1 thí sinh chưa được in mã vào thi.",
        "Phòng chưa có giám thị.",
        "Phòng 9",
        "Chưa tổng duyệt trên máy chủ này.",
    ):
        assert sentence in text
    one = empty.candidates[0]
    Candidate.objects.filter(pk=one.pk).update(room=room, seat=1)
    number_candidates(actor=None, sitting=empty.sitting, pattern=Pattern("C", 3))
    issue_codes(actor=None, sitting=empty.sitting, candidates=empty.candidates)
    user = make_person("Đỗ Văn Canh", commune).user
    assert user is not None
    empty.sitting.duties.create(user=user, role="invigilator", room=room)
    prepare_sitting(actor=None, sitting=empty.sitting)
    text = get(examiner, path)
    assert "Phải sửa" not in text
    for sentence in (
        "Ai cũng có phòng và chỗ ngồi.",
        "Ai cũng có số báo danh và mã",
        "Đã mở sẵn lúc",
    ):
        assert sentence in text


def test_the_checklist_names_who_sits_twice_at_a_time(
    examiner: Client, held: Held, commune: Unit
) -> None:
    window = WINDOW.later(timedelta(hours=1))
    fields = SittingFields(title="Chồng giờ", window=window)
    other = hold_sitting(actor=None, exam=held.exam, fields=fields)
    Candidate.objects.create(sitting=other, person=held.people[3], unit=commune)
    text = get(examiner, f"/exams/sittings/{other.pk}/preparations/")
    assert "1 thí sinh còn có ca thi khác vào cùng thời gian." in text
    assert "Phạm Thị Dung" in text


def test_neighbours_of_a_room_on_parallel_forms(held: Held, province: Unit) -> None:
    """Forms come from the bank's part; here bundles stand in for them."""
    room = Room.objects.create(sitting=held.sitting, name="Phòng 1", seats=10)
    for seat, one in enumerate(held.candidates, start=1):
        Candidate.objects.filter(pk=one.pk).update(room=room, seat=seat)
    prepare_sitting(actor=None, sitting=held.sitting)
    bundle = held.sitting.bundles.get()
    twin = type(bundle).objects.create(digest="0" * 64, content=bundle.content)
    Attempt.objects.all().delete()
    held.sitting.bundles.add(twin)
    prepare_sitting(actor=None, sitting=held.sitting)
    dealt = Attempt.objects.order_by("candidate__seat").values_list("bundle", flat=True)
    assert len(dealt) == 5
    assert all(one != other for one, other in pairwise(dealt))


def test_a_learner_sees_the_sitting_they_are_put_in_for(
    held: Held, signed_in: SignedIn, grant: Grant
) -> None:
    text = get(signed_in(held.people[0]), f"/exams/sittings/{held.sitting.pk}/take/")
    assert "Kiểm tra quý IV" in text
