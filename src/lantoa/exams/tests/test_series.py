"""Quarters by agency, make-ups for the absent, quarter compared with quarter."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, cast
from zipfile import ZipFile

import pytest
from conftest import MakePerson
from django.http import FileResponse
from django.test import Client

from lantoa.exams.actions import start_attempt, submit_attempt
from lantoa.exams.actions.prepare import prepare_sitting
from lantoa.exams.models import Sitting
from lantoa.exams.tests.conftest import answer
from lantoa.exams.tests.held import OPENS, Held, hold
from lantoa.kernel import clock
from lantoa.kernel.clock import VIETNAM
from lantoa.people.models import Unit

START = datetime(2026, 7, 1, 9, 0, tzinfo=VIETNAM)


def plan(*units: Unit, **more: Any) -> dict[str, Any]:
    return {
        "year": "2026", "quarters": ["3", "4"], "month": "3", "day": "10", "opens": "08:00",
        "last_start": "", "closes": "10:00", "units": [unit.pk for unit in units], "per_day": "1",
        "with_people": "on", **more,
    }  # fmt: skip


@pytest.fixture
def exam(province: Unit, commune: Unit, make_person: MakePerson) -> Held:
    return hold(province, commune, make_person, count=0, entry="account")


def test_a_series_is_shown_then_made_and_not_twice(
    examiner: Client, exam: Held, commune: Unit, other_commune: Unit, make_person: MakePerson
) -> None:
    make_person("Nguyễn Văn An", commune)
    make_person("Trần Thị Bình", other_commune)
    path = f"/exams/exams/{exam.exam.pk}/series/"
    asked = plan(commune, other_commune)
    with clock.fixed(START):
        assert "Lập loạt ca theo quý" in examiner.get(path).content.decode()
        text = examiner.get(path, asked).content.decode()
        assert "Sẽ lập 4 ca thi" in text
        assert "Quý IV/2026" in text
        assert Sitting.objects.exclude(period="").count() == 0
        text = examiner.post(path, asked, follow=True).content.decode()
        assert "Đã lập 4 ca thi với 4 thí sinh; 0 ca đã có từ trước" in text
        text = examiner.post(path, asked, follow=True).content.decode()
        assert "Đã lập 0 ca thi với 0 thí sinh; 4 ca đã có từ trước" in text
    made = Sitting.objects.exclude(period="").order_by("opens_at")
    # 10/09 and 11/09 are Thursday and Friday; 10/12 and 11/12 too.
    assert [(one.period, one.unit, one.opens_at.astimezone(VIETNAM).day) for one in made] == [
        ("2026-Q3", commune, 10), ("2026-Q3", other_commune, 11),
        ("2026-Q4", commune, 10), ("2026-Q4", other_commune, 11),
    ]  # fmt: skip


def test_windows_that_are_over_are_left_out(examiner: Client, exam: Held, commune: Unit) -> None:
    path = f"/exams/exams/{exam.exam.pk}/series/"
    with clock.fixed(START + timedelta(days=100)):
        text = examiner.get(path, plan(commune)).content.decode()
        assert "Sẽ lập 1 ca thi" in text
        assert "Đã qua, bỏ qua" in text
        text = examiner.post(path, plan(commune), follow=True).content.decode()
        assert "1 ca đã qua ngày thi" in text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"closes": "08:30"}, "ngắn hơn thời gian làm bài (60 phút)"),
        ({"opens": "tám giờ"}, "Hãy nhập giờ, ví dụ 08:00."),
        ({"day": "31"}, "28"),
        ({"units": []}, 'aria-invalid="true"'),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(
    examiner: Client, exam: Held, commune: Unit, wrong: dict[str, Any], sentence: str
) -> None:
    path = f"/exams/exams/{exam.exam.pk}/series/"
    text = examiner.post(path, plan(commune, **wrong)).content.decode()
    assert sentence in text
    assert not Sitting.objects.exclude(period="").exists()


@pytest.fixture
def quarter(examiner: Client, exam: Held, commune: Unit, make_person: MakePerson) -> Sitting:
    """Of four people in the fourth quarter: one passed, one didn't, two never came."""
    people = [make_person(name, commune) for name in ("A Một", "B Hai", "C Ba", "D Bốn")]
    with clock.fixed(START):
        asked = plan(commune, quarters=["4"])
        examiner.post(f"/exams/exams/{exam.exam.pk}/series/", asked)
        sitting = Sitting.objects.exclude(period="").get()
        prepare_sitting(actor=None, sitting=sitting)
    with clock.fixed(sitting.opens_at):
        for person, right in zip(people, (8, 2), strict=False):
            attempt = start_attempt(actor=None, person=person, sitting=sitting)
            answer(attempt, right)
            submit_attempt(actor=None, attempt=attempt)
    return sitting


def test_the_absent_get_a_make_up_of_the_same_quarter(examiner: Client, quarter: Sitting) -> None:
    quarter.candidates.filter(person__given_name="Bốn").update(extra_minutes=20)
    path = f"/exams/sittings/{quarter.pk}/make-up/"
    with clock.fixed(OPENS):
        assert "Thi bù cho 2 thí sinh vắng" in examiner.get(path).content.decode()
        sent = {
            "title": "Thi bù", "opens_at": "20/12/2026 08:00", "last_start_at": "",
            "closes_at": "20/12/2026 10:00",
        }  # fmt: skip
        examiner.post(path, sent)
    made = Sitting.objects.get(makes_up_for=quarter)
    assert (made.period, made.unit) == (quarter.period, quarter.unit)
    extras = dict(made.candidates.values_list("person__given_name", "extra_minutes"))
    assert extras == {"Ba": 0, "Bốn": 20}
    # Who passes there counts for the quarter; nobody is counted twice.
    with clock.fixed(made.opens_at):
        person = made.candidates.get(person__given_name="Ba").person
        attempt = start_attempt(actor=None, person=person, sitting=made)
        answer(attempt, 10)
        submit_attempt(actor=None, attempt=attempt)
    text = examiner.get(f"/exams/exams/{made.exam_id}/quarters/").content.decode()
    assert "2/3 đạt" in text
    assert "4 thí sinh · trung vị 80%" in text


def test_nobody_absent_no_make_up(examiner: Client, exam: Held) -> None:
    with clock.fixed(START):
        path = f"/exams/sittings/{exam.sitting.pk}/make-up/"
        sent = {"title": "x", "opens_at": "20/12/2026 08:00", "closes_at": "20/12/2026 10:00"}
        text = examiner.post(path, sent).content.decode()
    assert "Không có thí sinh nào vắng mặt" in text


def test_quarters_are_compared_and_taken_out(
    examiner: Client, quarter: Sitting, commune: Unit
) -> None:
    path = f"/exams/exams/{quarter.exam_id}/quarters"
    text = examiner.get(f"{path}/").content.decode()
    for words in ("Quý IV/2026", commune.name, "1/2 đạt", "(50%)", "4 thí sinh · trung vị 50%"):
        assert words in text
    response = cast(FileResponse, examiner.get(f"{path}.xlsx"))
    sheet = ZipFile(BytesIO(response.getvalue())).read("xl/worksheets/sheet1.xml").decode()
    assert commune.name in sheet
    assert "Quý IV/2026: tỷ lệ đạt" in sheet


def test_no_quarters_yet(examiner: Client, exam: Held) -> None:
    text = examiner.get(f"/exams/exams/{exam.exam.pk}/quarters/").content.decode()
    assert "Chưa có ca thi theo quý" in text
