"""Exams and sittings over HTTP, as an examiner makes them."""

from datetime import datetime, timedelta

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.exams.actions.candidates import add_candidates
from lantoa.exams.forms.fields import MomentField
from lantoa.exams.models import Attempt, Exam, Room, Sitting
from lantoa.exams.tests.conftest import World
from lantoa.exams.tests.held import BEFORE, OPENS, Held, make_blueprint
from lantoa.items.actions import compile_pool
from lantoa.items.models import Blueprint, Bundle, Form
from lantoa.kernel import clock
from lantoa.kernel.clock import VIETNAM
from lantoa.people.models import Unit


def get(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


EXAM = {
    "title": "Kiểm tra quý IV/2026",
    "entry": "code",
    "moves": "invigilator",
    "late_policy": "council",
    "grace_seconds": "60",
    "release": "council",
    "difference_percent": "10",
    "instructions": "Mang theo căn cước.",
    "seb_config_keys": "",
    "seb_exam_keys": "",
    "legal_basis": "",
}


def test_an_exam_is_made_in_two_steps_and_changed(examiner: Client, province: Unit) -> None:
    text = get(examiner, "/exams/exams/")
    assert "Chưa có kỳ thi nào" in text
    blueprint = make_blueprint(province)
    assert "Bước 1 trên 2" in get(examiner, "/exams/exams/new/")
    assert "60 phút" in get(examiner, f"/exams/exams/new/?blueprint={blueprint.pk}")
    sent = {**EXAM, "blueprint": blueprint.pk, "unit": province.pk}
    made = examiner.post("/exams/exams/new/", sent)
    exam = Exam.objects.get()
    assert made.headers["Location"] == f"/exams/exams/{exam.pk}/"
    assert (exam.entry, exam.release, exam.grace_seconds) == ("code", "council", 60)
    text = get(examiner, f"/exams/exams/{exam.pk}/")
    assert "Chưa có ca thi nào" in text
    assert "Lập kỳ thi" in text
    changed = {**EXAM, "title": "Kiểm tra cuối năm", "seb_config_keys": "ab" * 32}
    assert examiner.post(f"/exams/exams/{exam.pk}/edit/", changed).status_code == 302
    exam.refresh_from_db()
    assert (exam.title, exam.seb_config_keys) == ("Kiểm tra cuối năm", ["ab" * 32])
    event = Event.objects.get(action="exams.change_exam")
    assert event.data["changed"] == ["seb_config_keys", "title"]
    assert "Sửa kỳ thi" in get(examiner, f"/exams/exams/{exam.pk}/")


def test_what_is_typed_wrong_is_said_beside_it_and_stays(examiner: Client, province: Unit) -> None:
    blueprint = make_blueprint(province)
    sent = {**EXAM, "blueprint": blueprint.pk, "unit": province.pk, "seb_exam_keys": "không phải"}
    sent["grace_seconds"] = "9000"
    text = examiner.post("/exams/exams/new/", sent).content.decode()
    assert "“không phải” không phải là khóa SEB" in text
    assert "Gia hạn nhiều nhất 3.600 giây" in text
    assert "Mang theo căn cước." in text
    assert not Exam.objects.exists()


def test_the_list_filters_by_state_and_words(examiner: Client, held: Held, world: World) -> None:
    with clock.fixed(BEFORE):
        text = get(examiner, "/exams/exams/")
        assert "2 kỳ thi" in text
        assert "Sắp thi" in text
        assert "Kiểm tra quý IV" in get(examiner, "/exams/exams/?q=quy+iv")
        assert "1 kỳ thi" in get(examiner, "/exams/exams/?state=upcoming")
        assert "1 kỳ thi" in get(examiner, "/exams/exams/?state=closed")
        assert "Không có kỳ thi nào khớp" in get(examiner, "/exams/exams/?state=open")
        assert "1 kỳ thi" in get(examiner, "/exams/exams/?entry=code")


def test_an_exam_with_sittings_cannot_be_removed(examiner: Client, held: Held) -> None:
    path = f"/exams/exams/{held.exam.pk}/remove/"
    get(examiner, path)
    text = examiner.post(path, follow=True).content.decode()
    assert "hãy xóa các ca thi chưa ai làm trước" in text
    examiner.post(f"/exams/sittings/{held.sitting.pk}/remove/")
    assert not Sitting.objects.filter(pk=held.sitting.pk).exists()
    examiner.post(path)
    assert not Exam.objects.filter(pk=held.exam.pk).exists()
    assert set(Event.objects.values_list("action", flat=True)) >= {
        "exams.remove_exam", "exams.remove_sitting",
    }  # fmt: skip


# ---- sittings ----

SITTING = {
    "title": "Ca chiều",
    "opens_at": "12/12/2026 14:00",
    "last_start_at": "12/12/2026 14:30",
    "closes_at": "12/12/2026 16:00",
    "networks": "10.20.0.0/16\n203.0.113.7",
    "waves": "1",
    "gap": "",
}


def test_a_sitting_is_made_with_its_window_and_networks(examiner: Client, held: Held) -> None:
    path = f"/exams/exams/{held.exam.pk}/sittings/new/"
    get(examiner, path)
    made = examiner.post(path, SITTING)
    sitting = Sitting.objects.get(title="Ca chiều")
    assert made.headers["Location"] == f"/exams/sittings/{sitting.pk}/preparations/"
    assert sitting.opens_at == OPENS + timedelta(hours=6)
    assert sitting.networks == ["10.20.0.0/16", "203.0.113.7"]
    assert sitting.by_roster


@pytest.mark.parametrize(
    "typed",
    ["14:00 12/12/2026", "14h00 ngày 12/12/2026", "12.12.2026  lúc 14:00", "2026-12-12 14.00"],
)
def test_a_moment_is_typed_as_people_write_it(typed: str) -> None:
    assert MomentField().clean(typed) == datetime(2026, 12, 12, 14, 0, tzinfo=VIETNAM)


def test_waves_are_made_in_one_go(examiner: Client, held: Held) -> None:
    sent = {**SITTING, "waves": "3", "gap": "150"}
    examiner.post(f"/exams/exams/{held.exam.pk}/sittings/new/", sent)
    made = Sitting.objects.filter(title__startswith="Ca chiều").order_by("opens_at")
    assert [one.title for one in made] == [f"Ca chiều – Ca {n}" for n in (1, 2, 3)]
    assert made[2].opens_at - made[0].opens_at == timedelta(minutes=300)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"opens_at": "12/12"}, "Hãy nhập ngày và giờ, ví dụ"),
        ({"closes_at": "12/12/2026 13:00"}, "Giờ đóng phải sau giờ mở."),
        (
            {"closes_at": "12/12/2026 14:59", "last_start_at": ""},
            "ngắn hơn thời gian làm bài (60 phút)",
        ),
        ({"last_start_at": "12/12/2026 17:00"}, "phải nằm giữa giờ mở và giờ đóng"),
        ({"networks": "10.20.0.0/16\nmạng nhà"}, "“mạng nhà” không phải là địa chỉ mạng"),
        ({"waves": "2"}, "Nhiều ca thì phải nói các ca mở cách nhau bao lâu."),
        ({"waves": "99"}, "30"),
    ],
)
def test_a_window_that_cannot_be_held_is_refused(
    examiner: Client, held: Held, wrong: dict[str, str], sentence: str
) -> None:
    path = f"/exams/exams/{held.exam.pk}/sittings/new/"
    text = examiner.post(path, {**SITTING, **wrong}).content.decode()
    assert sentence in text
    assert "Ca chiều" in text
    assert Sitting.objects.count() == 1


def test_a_sitting_is_changed_and_copied(examiner: Client, held: Held) -> None:
    path = f"/exams/sittings/{held.sitting.pk}"
    text = get(examiner, f"{path}/edit/")
    assert 'value="12/12/2026 08:00"' in text
    sent = {k: SITTING[k] for k in ("title", "opens_at", "last_start_at", "closes_at", "networks")}
    examiner.post(f"{path}/edit/", sent)
    held.sitting.refresh_from_db()
    assert held.sitting.title == "Ca chiều"
    Room.objects.create(sitting=held.sitting, name="Phòng 1", seats=3)
    assert 'value="19/12/2026 14:00"' in get(examiner, f"{path}/copy/")
    later = {**sent, "title": "Ca sau", "rooms": "on", "candidates": "on"}
    examiner.post(f"{path}/copy/", later)
    copy = Sitting.objects.get(title="Ca sau")
    assert copy.candidates.count() == 5
    assert [room.name for room in copy.rooms.all()] == ["Phòng 1"]
    assert not copy.candidates.exclude(number="").exists()


# ---- who may ----

PAGES = (
    "exams/{exam}/", "exams/{exam}/edit/", "exams/{exam}/remove/", "exams/{exam}/sittings/new/",
    "exams/{exam}/series/", "exams/{exam}/quarters/", "exams/{exam}/quarters.xlsx",
    "sittings/{sitting}/preparations/", "sittings/{sitting}/edit/", "sittings/{sitting}/copy/",
    "sittings/{sitting}/remove/", "sittings/{sitting}/make-up/", "sittings/{sitting}/prepare/",
    "sittings/{sitting}/prepare/undo/", "sittings/{sitting}/rooms/", "sittings/{sitting}/seats/",
    "sittings/{sitting}/codes/", "sittings/{sitting}/lists.pdf", "sittings/{sitting}/candidates/",
    "sittings/{sitting}/candidates/add/", "sittings/{sitting}/candidates/cohort/",
    "sittings/{sitting}/candidates/pick/", "sittings/{sitting}/candidates/paste/",
    "sittings/{sitting}/duties/", "rooms/{room}/edit/", "rooms/{room}/remove/",
    "candidates/{candidate}/", "candidates/{candidate}/withdraw/", "duties/{duty}/withdraw/",
)  # fmt: skip


@pytest.fixture
def pages(held: Held) -> list[str]:
    room = Room.objects.create(sitting=held.sitting, name="Phòng 1")
    assert held.people[0].user is not None
    duty = held.sitting.duties.create(user=held.people[0].user, role="marker")
    values = {
        "exam": held.exam.pk, "sitting": held.sitting.pk, "room": room.pk, "duty": duty.pk,
        "candidate": held.candidates[0].pk,
    }  # fmt: skip
    return [f"/exams/{page.format(**values)}" for page in PAGES]


def test_an_examiner_opens_every_page(examiner: Client, pages: list[str]) -> None:
    with clock.fixed(BEFORE):
        for page in [*pages, "/exams/exams/", "/exams/exams/new/"]:
            assert examiner.get(page).status_code == 200, page


@pytest.mark.parametrize("who", ["neighbour", "coordinator", "candidate", "invigilator"])
def test_out_of_reach_nothing_exists(
    held: Held,
    pages: list[str],
    who: str,
    province: Unit,
    other_commune: Unit,
    make_person: MakePerson,
    grant: Grant,
    signed_in: SignedIn,
) -> None:
    person = held.people[1]
    if who in ("neighbour", "coordinator"):
        person = make_person("Vũ Văn Ngoài", other_commune)
        role, unit = (
            ("examiner", other_commune) if who == "neighbour" else ("coordinator", province)
        )
        grant(person, role, unit)
    elif who == "invigilator":
        assert person.user is not None
        held.sitting.duties.create(user=person.user, role="invigilator")
    client = signed_in(person)
    for page in pages:
        assert client.get(page).status_code == 404, page
        assert client.post(page).status_code in (404, 405), page
        assert Client().get(page).status_code in (302, 405), page
    for page in ("/exams/exams/", "/exams/exams/new/"):
        assert client.get(page).status_code == (200 if who == "neighbour" else 404), page


def test_queries_do_not_grow_with_the_rows(
    examiner: Client,
    held: Held,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    commune: Unit,
    make_person: MakePerson,
) -> None:
    rooms = [Room(sitting=held.sitting, name=f"Phòng {n}") for n in range(12)]
    Room.objects.bulk_create(rooms)
    path = f"/exams/sittings/{held.sitting.pk}"
    for page, most in (
        ("/exams/exams/", 11), (f"/exams/exams/{held.exam.pk}/", 14),
        (f"{path}/preparations/", 40), (f"{path}/candidates/", 16), (f"{path}/rooms/", 14),
        (f"{path}/codes/", 14), (f"{path}/duties/", 13),
    ):  # fmt: skip
        get(examiner, page)
        with django_assert_max_num_queries(most):
            get(examiner, page)


# ---- forms ----


@pytest.fixture
def papers(province: Unit) -> list[Form]:
    """Two published forms of a blueprint; what they ask is not this test's business."""
    blueprint = make_blueprint(province)
    bundle = compile_pool(actor=None, blueprint=blueprint)
    twin = Bundle.objects.create(digest="f" * 64, content=bundle.content)
    return [
        Form.objects.create(
            unit=province, blueprint=blueprint, code=code, state="published", bundle=one
        )
        for code, one in (("101", bundle), ("102", twin))
    ]


def test_parallel_forms_are_chosen_dealt_and_then_settled(
    examiner: Client, province: Unit, commune: Unit, papers: list[Form], make_person: MakePerson
) -> None:
    blueprint = papers[0].blueprint
    assert "Đề 102" in get(examiner, f"/exams/exams/new/?blueprint={blueprint.pk}")
    sent = {**EXAM, "blueprint": blueprint.pk, "unit": province.pk}
    examiner.post("/exams/exams/new/", {**sent, "forms": [form.pk for form in papers]})
    exam = Exam.objects.get()
    assert "101, 102" in get(examiner, f"/exams/exams/{exam.pk}/")
    examiner.post(f"/exams/exams/{exam.pk}/sittings/new/", SITTING)
    sitting = Sitting.objects.get()
    with clock.fixed(BEFORE):
        people = [make_person(f"Người Thứ {n}", commune) for n in range(4)]
        add_candidates(actor=None, sitting=sitting, persons=people)
        text = get(examiner, f"/exams/sittings/{sitting.pk}/preparations/")
        assert "2 đề đã ban hành." in text
        examiner.post(f"/exams/sittings/{sitting.pk}/prepare/")
    used = list(Attempt.objects.values_list("bundle", flat=True))
    assert [used.count(form.bundle_id or 0) for form in papers] == [2, 2]
    text = get(examiner, f"/exams/exams/{exam.pk}/edit/")
    assert "Đề đã chia cho thí sinh nên không đổi được nữa" in text
    assert 'name="forms"' not in text
    examiner.post(f"/exams/exams/{exam.pk}/edit/", {**EXAM, "forms": [papers[0].pk]})
    assert exam.forms.count() == 2


def test_a_form_of_another_blueprint_is_no_choice(
    examiner: Client, province: Unit, papers: list[Form]
) -> None:
    other = Form.objects.create(
        unit=province,
        blueprint=Blueprint.objects.create(unit=province, title="x", minutes=1, pass_mark=1),
        code="9",
        state="published",
        bundle=papers[0].bundle,
    )
    sent = {**EXAM, "blueprint": papers[0].blueprint_id, "unit": province.pk, "forms": [other.pk]}
    assert 'aria-invalid="true"' in examiner.post("/exams/exams/new/", sent).content.decode()
    assert not Exam.objects.exists()


def test_an_exam_is_bound_to_a_cohort_that_asks_for_it(
    examiner: Client, province: Unit, world: World
) -> None:
    world.sitting.delete()
    Exam.objects.all().delete()
    sent = {**EXAM, "blueprint": world.blueprint.pk, "unit": province.pk}
    sent["bound_to"] = f"{world.cohort.pk}-{world.exam_requirement.pk}"
    with clock.fixed(datetime(2022, 5, 1, 9, tzinfo=OPENS.tzinfo)):
        page = get(examiner, f"/exams/exams/new/?blueprint={world.blueprint.pk}")
        assert "Đợt 1" in page
        examiner.post("/exams/exams/new/", sent)
    exam = Exam.objects.get()
    assert (exam.cohort, exam.requirement) == (world.cohort, world.exam_requirement)
