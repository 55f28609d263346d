"""Questions that say nearly the same: while an author saves, in the report, and kept apart."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.frameworks.models import Node
from lantoa.items.actions import (
    NewItem,
    add_enemy,
    create_item,
    create_items,
    retire_item,
    revise_item,
)
from lantoa.items.actions.alike import compare_all
from lantoa.items.kinds.base import Content
from lantoa.items.models import Band, Enmity, Item, ItemVersion, Twin
from lantoa.items.queries.alike import alike
from lantoa.items.similarity import BANDS
from lantoa.items.tests.conftest import page, typed
from lantoa.jobs.models import Job
from lantoa.people.models import Unit

STEM = "Cán bộ một cửa nhận hồ sơ trực tuyến chưa đủ giấy tờ thì làm gì trước?"
OPTIONS = [
    "Từ chối hồ sơ ngay", "Báo người dân bổ sung một lần, đủ và rõ", "Chuyển lãnh đạo", "Chờ",
]  # fmt: skip


def question(stem: str = STEM, options: list[str] = OPTIONS) -> Content:
    return {
        "stem": stem,
        "options": [{"text": text} for text in options],
        "answer": 1,
        "explanation": "",
    }


def written(topic: Node, unit: Unit, stem: str = STEM, **more: str) -> dict[str, str]:
    options = {f"option_{n}": text for n, text in enumerate(OPTIONS)}
    return typed(topic, stem=stem, unit=str(unit.pk), **options, **more)


def put(unit: Unit, content: Content, topic: Node | None = None) -> ItemVersion:
    return create_item(actor=None, unit=unit, kind="single_choice", content=content, topic=topic)


def hidden(html: str, name: str) -> str:
    return html.split(f'name="{name}" value="')[1].split('"')[0]


def test_an_author_is_shown_the_other_and_saves_anyway(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    other = put(province, question()).item
    data = written(topics["t1"], province, STEM.replace("làm gì", "phải làm việc gì"), send="1")
    asked = author.post("/items/new/single_choice/", {**data, "notes": "Của tôi"})
    html = asked.content.decode()
    assert f"% với câu #{other.pk}" in html
    assert html.count("Từ chối hồ sơ ngay") == 2  # side by side
    assert f'href="/items/{other.pk}/"' in html
    assert Item.objects.count() == 1
    again = {name: hidden(html, name) for name in ("kept", "topic", "level", "unit", "notes")}
    again |= {"purpose": "exam", "difficulty": "medium", "send": "1"}
    author.post("/items/new/single_choice/", {**again, "then": "save"})
    made = Item.objects.latest("pk")
    assert (made.notes, made.stage) == ("Của tôi", "waiting")
    assert "phải làm việc gì" in made.versions.get().content["stem"]
    twin = Twin.objects.get()
    assert (twin.first_id, twin.second_id) == (other.pk, made.pk)
    assert f"giống {twin.percent}% với câu #{other.pk}" in page(author, f"/items/{made.pk}/")


def test_going_back_loses_nothing_typed(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    put(province, question())
    data = written(topics["t2"], province, notes="Của tôi", level="advanced")
    html = author.post("/items/new/single_choice/", data).content.decode()
    again = {name: hidden(html, name) for name in ("kept", "topic", "level", "unit", "notes")}
    back = author.post("/items/new/single_choice/", {**again, "then": "edit"}).content.decode()
    assert STEM in back
    assert "Báo người dân bổ sung một lần, đủ và rõ" in back
    assert "Của tôi" in back
    assert '<option value="advanced" selected>' in back
    assert Item.objects.count() == 1


def test_forged_content_is_not_taken(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    data = written(topics["t1"], province, kept="e30:forged:value", then="save")
    author.post("/items/new/single_choice/", data)
    assert Item.objects.get().versions.get().content["stem"] == STEM  # as typed
    broken = {"kept": "x", "then": "save", "unit": str(province.pk)}
    assert author.post("/items/new/single_choice/", broken).status_code == 200
    assert Item.objects.count() == 1


def test_an_edit_is_compared_with_others_but_not_with_itself(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    put(province, question())
    mine = put(province, question("Mật khẩu mạnh là gì?", ["Ngắn", "Dài và khó đoán"])).item
    data = written(topics["t1"], province)
    path = f"/items/{mine.pk}/edit/"
    assert "Giống 100%" in author.post(path, data).content.decode()
    own = {"stem": "Mật khẩu mạnh là loại gì?", "option_0": "Ngắn", "option_1": "Dài và khó đoán"}
    assert author.post(path, typed(topics["t1"], **own)).status_code == 302
    assert mine.versions.count() == 2


def test_what_is_out_of_reach_is_not_told(
    province: Unit, commune: Unit, other_commune: Unit, topics: dict[str, Node], neighbour: Client
) -> None:
    put(commune, question())
    data = written(topics["t1"], other_commune)
    assert neighbour.post("/items/new/single_choice/", data).status_code == 302
    twin = Twin.objects.get()
    assert "Không có câu nào gần giống" in page(neighbour, "/items/twins/")
    assert neighbour.post(f"/items/twins/{twin.pk}/", {"dismiss": "1"}).status_code == 404
    assert "Gần giống" not in page(neighbour, f"/items/{Item.objects.latest('pk').pk}/")


def test_the_report_and_what_is_done_with_a_pair(
    province: Unit, author: Client, learner: Client
) -> None:
    first, second = put(province, question()).item, put(province, question()).item
    twin = Twin.objects.get()
    assert "1 cặp câu gần giống nhau" in page(author, "/items/twins/")
    path = f"/items/twins/{twin.pk}/"
    author.post(path, {"apart": "1"})
    enmity = Enmity.objects.get()
    assert (enmity.first, enmity.second, enmity.reason) == (first, second, "Gần giống nhau (100%)")
    assert "Không cùng đề" in page(author, "/items/twins/")
    author.post(path, {"dismiss": "1"})
    assert "Không có câu nào gần giống" in page(author, "/items/twins/")
    assert "1 cặp đã xác nhận là khác nhau" in page(author, "/items/twins/?show=dismissed")
    told = page(author, f"/items/{second.pk}/")
    assert f"Xác nhận không trùng với câu {first.pk}" in told
    assert "Gần giống</h2>" not in told
    author.post(path, {"recall": "1"})
    assert "1 cặp câu gần giống nhau" in page(author, "/items/twins/")
    retire_item(actor=None, item=first, reason="Trùng")
    assert "Không có câu nào gần giống" in page(author, "/items/twins/")
    assert learner.get("/items/twins/").status_code == 404
    assert learner.post("/items/twins/scan/").status_code == 404


def test_an_edit_moves_the_item_among_the_others(province: Unit) -> None:
    first, second = put(province, question()).item, put(province, question()).item
    assert Twin.objects.get().percent == 100
    words = "Hệ thống báo lỗi khi ký số thì kiểm tra điều gì?"
    revise_item(actor=None, item=second, content=question(words, ["Pin", "Chứng thư số"]))
    assert not Twin.objects.exists()
    assert Band.objects.filter(item=second).count() == BANDS
    assert second.search_key.startswith("he thong bao loi")
    revise_item(actor=None, item=second, content=question())
    assert Twin.objects.get().first == first


def test_a_pair_once_dismissed_is_not_brought_up_again(province: Unit, author: Client) -> None:
    put(province, question())
    second = put(province, question()).item
    author.post(f"/items/twins/{Twin.objects.get().pk}/", {"dismiss": "1"})
    revise_item(actor=None, item=second, content=question(options=[*OPTIONS[:3], "Chờ lệnh"]))
    compare_all(items=[second.pk], say=lambda done, total: None)
    twin = Twin.objects.get()
    assert twin.dismissed_at is not None
    assert twin.percent < 100


def test_many_new_ones_are_compared_by_a_job(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    content = question()
    new = [
        NewItem("single_choice", {**content, "stem": f"{STEM} Trường hợp {n}"}, topics["t1"])
        for n in range(201)
    ]
    create_items(actor=None, unit=province, items=new)
    assert not Twin.objects.exists()
    job = Job.objects.get()
    assert job.params["last"] - job.params["first"] == 200
    compare_all(items=[job.params["last"]], say=lambda done, total: None)
    assert Twin.objects.count() == 5  # the most alike; a crowd of pairs helps nobody


def test_the_bank_is_compared_anew_within_reach(
    province: Unit,
    commune: Unit,
    author: Client,
    neighbour: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    for _ in range(2):
        put(commune, question())
    Twin.objects.all().delete()
    for who, pairs in ((neighbour, 0), (author, 1)):
        with django_capture_on_commit_callbacks(execute=True):
            response = who.post("/items/twins/scan/")
        job = Job.objects.latest("pk")
        assert response.headers["Location"] == f"/jobs/{job.pk}"
        assert (job.state, Twin.objects.count()) == ("done", pairs)
    Job.objects.update(state="running")
    author.post("/items/twins/scan/")
    assert Job.objects.count() == 2


def test_comparing_takes_two_queries(
    province: Unit, topics: dict[str, Node], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    new = [
        NewItem("single_choice", question(f"{STEM} Trường hợp {n}"), topics["t1"])
        for n in range(150)
    ]
    versions = create_items(actor=None, unit=province, items=new)
    with django_assert_max_num_queries(2):
        assert len(alike(versions[0].search_key)) == 5
    with django_assert_max_num_queries(0):
        assert alike("") == []


# ---- enemies ----


@pytest.fixture
def pair(province: Unit) -> tuple[Item, Item]:
    words = "Mật khẩu mạnh là gì?"
    return (
        put(province, question()).item,
        put(province, question(words, ["Ngắn", "Dài và khó đoán"])).item,
    )


def test_enemies_are_found_picked_shown_on_both_and_let_back(
    pair: tuple[Item, Item], author: Client
) -> None:
    one, other = pair
    path = f"/items/{one.pk}/enemies/"
    assert "Mật khẩu mạnh" in page(author, f"{path}?q=mat+khau")
    assert "Mật khẩu mạnh" in page(author, f"{path}?q=%23{other.pk}")
    assert "Không có câu nào khớp" in page(author, f"{path}?q=khong+co")
    author.post(path, {"add": str(other.pk), "reason": "Câu này lộ đáp án câu kia"})
    for item, its in ((one, other), (other, one)):
        shown = page(author, f"/items/{item.pk}/")
        assert "Câu này lộ đáp án câu kia" in shown
        assert f"Không cùng đề với câu {its.pk}" in shown  # in the history
        assert f'href="/items/{its.pk}/"' in shown
    assert "Không có câu nào khớp" in page(author, f"{path}?q=mat+khau")
    author.post(f"/items/{other.pk}/enemies/", {"remove": str(one.pk)})
    assert not Enmity.objects.exists()
    assert Event.objects.filter(action="items.remove_enemy").count() == 2


@pytest.mark.parametrize("wrong", ["x", "0", "9" * 30, "self"])
def test_nonsense_makes_no_enemies(pair: tuple[Item, Item], author: Client, wrong: str) -> None:
    one, _other = pair
    value = str(one.pk) if wrong == "self" else wrong
    assert author.post(f"/items/{one.pk}/enemies/", {"add": value}).status_code == 302
    assert not Enmity.objects.exists()


def test_an_enemy_out_of_reach_is_counted_and_not_shown(
    province: Unit, commune: Unit, other_commune: Unit, neighbour: Client
) -> None:
    mine = put(other_commune, question()).item
    secret = put(commune, question("Bí mật của xã bên", ["Có", "Không"])).item
    add_enemy(actor=None, item=mine, other=secret, reason="Lộ đáp án")
    shown = page(neighbour, f"/items/{mine.pk}/")
    assert "và 1 câu ngoài phạm vi" in shown
    assert "Bí mật" not in shown
    neighbour.post(f"/items/{mine.pk}/enemies/", {"remove": str(secret.pk)})
    assert Enmity.objects.exists()


def test_what_was_kept_of_one_kind_is_no_content_of_another(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    put(province, question())
    data = written(topics["t1"], province)
    kept = hidden(author.post("/items/new/single_choice/", data).content.decode(), "kept")
    moved = {"kept": kept, "then": "save", "unit": str(province.pk), "purpose": "exam"}
    assert author.post("/items/new/multiple_response/", moved).status_code == 200
    assert Item.objects.count() == 1
