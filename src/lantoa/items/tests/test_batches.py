"""Many items at once: what will happen, what did, and back."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.frameworks.models import Node
from lantoa.items.actions import NewItem, create_items, reclassify_item
from lantoa.items.models import Approval, Batch, Item, ItemVersion, Review, ReviewRequest
from lantoa.items.tests.conftest import FillBank, page, single
from lantoa.people.models import Unit


@pytest.fixture
def drafts(province: Unit, topics: dict[str, Node]) -> list[Item]:
    new = [NewItem("single_choice", single(n), topics["t1"]) for n in range(3)]
    return [v.item for v in create_items(actor=None, unit=province, items=new)]


def ask(client: Client, step: str, items: list[Item], **more: str) -> str:
    ticks = "&".join(f"item={item.pk}" for item in items)
    return page(client, f"/items/batch/?step={step}&{ticks}")


def do(client: Client, step: str, items: list[Item], **fields: str) -> str:
    ids = ",".join(str(item.pk) for item in items)
    response = client.post(f"/items/batch/?step={step}", {"items": ids, **fields}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def states() -> list[tuple[str, str]]:
    return list(Item.objects.order_by("pk").values_list("state", "stage"))


def test_from_draft_to_approved_in_three_batches(
    drafts: list[Item], author: Client, examiner: Client
) -> None:
    assert "Gửi thẩm định: 3 câu hỏi" in ask(author, "send", drafts)
    assert "xong 3 câu" in do(author, "send", drafts)
    assert states() == [("draft", "waiting")] * 3
    assert ReviewRequest.objects.count() == 3
    assert "không phụ trách khảo thí" in ask(author, "fit", drafts)
    do(author, "fit", drafts)
    assert not Review.objects.exists()
    do(examiner, "fit", drafts[:2], reason="Đã đối chiếu văn bản")
    assert states() == [("reviewed", "fit")] * 2 + [("draft", "waiting")]
    asked = ask(examiner, "approve", drafts)
    assert "Duyệt: 2 câu hỏi" in asked
    assert "1 câu được để nguyên" in asked
    assert "chưa được thẩm định là đạt" in asked
    assert "1 câu được để nguyên" in do(examiner, "approve", drafts)
    assert Approval.objects.count() == 2
    assert states() == [("approved", "approved")] * 2 + [("draft", "waiting")]
    events = Event.objects.filter(object_type="items.batch").order_by("at", "id")
    assert [event.action for event in events] == [
        "items.send_items", "items.fit_items", "items.approve_items",
    ]  # fmt: skip
    told = page(examiner, f"/items/{drafts[0].pk}/")
    for line in ("Gửi thẩm định hàng loạt", "Thẩm định hàng loạt: đạt", "Duyệt hàng loạt"):
        assert line in told
    assert "Đã đối chiếu văn bản" in told


def test_only_what_is_chosen_is_reclassified_and_it_can_be_undone(
    drafts: list[Item], topics: dict[str, Node], author: Client
) -> None:
    assert "Hãy chọn ít nhất một điều" in do(author, "classify", drafts)
    do(author, "classify", drafts, topic_id=str(topics["t3"].pk), difficulty="hard")
    assert set(Item.objects.values_list("topic", "level", "difficulty")) == {
        (topics["t3"].pk, "basic", "hard")
    }
    reclassify_item(actor=None, item=drafts[0], topic=topics["t5"], level="basic", purpose="exam")
    batch = Batch.objects.get()
    assert "Hoàn tác" in page(author, "/items/batches/")
    said = author.post(f"/items/batches/{batch.pk}/undo/", follow=True).content.decode()
    assert "trả lại 2 câu" in said
    assert "1 câu đã có người đổi sau đó" in said
    assert list(Item.objects.order_by("pk").values_list("topic__code", "difficulty")) == [
        ("t5", "hard"), ("t1", "medium"), ("t1", "medium"),
    ]  # fmt: skip
    again = author.post(f"/items/batches/{batch.pk}/undo/", follow=True).content.decode()
    assert "đã được hoàn tác" in again
    assert "Xếp loại hàng loạt (đã hoàn tác)" in page(author, f"/items/{drafts[1].pk}/")


def test_many_are_retired_with_a_reason_and_come_back(
    province: Unit, fill_bank: FillBank, drafts: list[Item], examiner: Client
) -> None:
    (version,) = fill_bank(province, "t1", "basic", 1)
    both = [drafts[0], version.item]
    assert "Hãy điền mục này" in do(examiner, "retire", both)
    do(examiner, "retire", both, reason="Nghị định hết hiệu lực")
    assert "Nghị định hết hiệu lực" in page(examiner, f"/items/{version.item_id}/")
    assert "đã ngừng dùng" in ask(examiner, "retire", both)
    examiner.post(f"/items/batches/{Batch.objects.get().pk}/undo/")
    assert Item.objects.get(pk=drafts[0].pk).state == "draft"
    assert Item.objects.get(pk=version.item_id).state == "approved"
    do(examiner, "retire", both, reason="Lại")
    do(examiner, "restore", both)
    assert Item.objects.get(pk=version.item_id).state == "approved"
    assert (
        "không hoàn tác được"
        in examiner.post(
            f"/items/batches/{Batch.objects.latest('pk').pk}/undo/", follow=True
        ).content.decode()
    )


def test_all_that_the_filter_shows_are_taken(
    drafts: list[Item], topics: dict[str, Node], province: Unit, author: Client
) -> None:
    new = [NewItem("single_choice", single(n), topics["t2"]) for n in range(40)]
    create_items(actor=None, unit=province, items=new)
    query = f"step=classify&every=1&topic={topics['t2'].pk}&item={drafts[0].pk}"
    asked = page(author, f"/items/batch/?{query}")
    assert "Xếp loại: 40 câu hỏi" in asked
    assert "Chỉ hiện 20 câu đầu" in asked


def test_nothing_is_chosen_nothing_is_known(drafts: list[Item], author: Client) -> None:
    assert "Chưa chọn câu hỏi nào" in (
        author.get("/items/batch/?step=send", follow=True).content.decode()
    )
    assert author.get("/items/batch/?step=burn&item=1").status_code == 404
    assert "Không có câu nào làm được" in page(author, "/items/batch/?step=send&item=999999")
    long = "9" * 40
    assert "Chưa chọn" in (
        author.get(f"/items/batch/?step=send&item={long}", follow=True).content.decode()
    )


def test_a_version_written_by_its_reviewer_is_left_to_another(
    province: Unit, topics: dict[str, Node], author: Client, examiner: Client
) -> None:
    from lantoa.accounts.models import User

    own = User.objects.get(display_name="Lê Thị Bình")
    new = [NewItem("single_choice", single(n), topics["t1"]) for n in range(2)]
    items = [v.item for v in create_items(actor=own, unit=province, items=new)]
    assert "2 câu do chính anh/chị soạn" in ask(examiner, "fit", items)


def test_strangers_have_no_part(
    drafts: list[Item], author: Client, neighbour: Client, learner: Client
) -> None:
    do(author, "send", drafts[:1])
    batch = Batch.objects.get()
    assert learner.get("/items/batch/?step=send&item=1").status_code == 404
    assert learner.get("/items/batches/").status_code == 404
    assert "Không có câu nào làm được" in ask(neighbour, "send", drafts)
    do(neighbour, "retire", drafts, reason="Phá")
    assert "retired" not in {state for state, _stage in states()}
    assert neighbour.post(f"/items/batches/{batch.pk}/undo/").status_code == 404
    assert "Chưa có lần nào" in page(neighbour, "/items/batches/")


def test_a_batch_takes_the_same_queries_whatever_its_size(
    province: Unit,
    topics: dict[str, Node],
    examiner: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    new = [NewItem("single_choice", single(n), topics["t1"]) for n in range(60)]
    items = [v.item for v in create_items(actor=None, unit=province, items=new)]
    ids = ",".join(str(item.pk) for item in items)
    with django_assert_max_num_queries(26):
        examiner.post("/items/batch/?step=fit", {"items": ids})
    assert Review.objects.count() == 60
    assert ItemVersion.objects.filter(reviews__verdict="fit").count() == 60
