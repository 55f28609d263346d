"""A question on its way: written, sent, reviewed, approved, retired, used again."""

from itertools import product

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.test import Client

from lantoa.accounts.models import User
from lantoa.audit.models import Event
from lantoa.frameworks.models import Node
from lantoa.items import rules
from lantoa.items.actions import (
    NewItem,
    approve_item,
    create_item,
    create_items,
    restore_item,
    retire_item,
    review_item,
    revise_item,
    send_item,
)
from lantoa.items.models import Form, FormSlot, Item, ItemVersion, Review
from lantoa.items.queries import draw_versions
from lantoa.items.rules import NotAllowed
from lantoa.items.tests.conftest import FillBank, page, single, typed
from lantoa.items.tests.test_actions import blueprint_of
from lantoa.people.models import Person, Unit

STAGES = ("writing", "waiting", "returned", "fit", "approved")


@pytest.mark.parametrize(("stage", "retired"), list(product(STAGES, (False, True))))
def test_what_may_be_done_at_each_stage(stage: str, retired: bool) -> None:
    def may(step: str) -> bool:
        try:
            if step == "send":
                rules.may_send(stage=stage, is_retired=retired)
            elif step == "review":
                rules.may_review(
                    reviewer=1, author=2, has_others=True, stage=stage, is_retired=retired
                )
            else:
                rules.may_approve(purpose="exam", has_topic=True, stage=stage, is_retired=retired)
        except NotAllowed:
            return False
        return True

    allowed = {
        "writing": {"send", "review"},
        "waiting": {"review"},
        "returned": {"review"},
        "fit": {"review", "approve"},
        "approved": {"approve"},
    }[stage]
    steps = {step for step in ("send", "review", "approve") if may(step)}
    assert steps == (set() if retired else allowed)


@pytest.mark.parametrize(
    ("reviewer", "author", "has_others", "outcome"),
    [
        (1, 2, True, "fit"),
        (1, 2, False, "fit"),
        (1, None, True, "fit"),
        (None, 1, True, "fit"),
        (None, None, True, "fit"),
        (1, 1, False, "own"),
        (1, 1, True, "refused"),
    ],
)
def test_four_eyes_where_there_are_four(
    reviewer: int | None, author: int | None, has_others: bool, outcome: str
) -> None:
    if outcome == "refused":
        with pytest.raises(NotAllowed, match="không tự thẩm định"):
            rules.may_review(reviewer=reviewer, author=author, has_others=has_others)
        return
    own = rules.may_review(reviewer=reviewer, author=author, has_others=has_others)
    assert own == (outcome == "own")


@pytest.mark.parametrize(
    ("is_approved", "stage", "state"),
    [
        (False, "writing", "draft"),
        (False, "waiting", "draft"),
        (False, "returned", "draft"),
        (False, "fit", "reviewed"),
        *((True, stage, "approved") for stage in STAGES),
    ],
)
def test_the_state_follows_from_the_versions(is_approved: bool, stage: str, state: str) -> None:
    assert rules.state_of(is_approved=is_approved, stage=stage) == state


def draft(unit: Unit, topic: Node | None = None, by: User | None = None) -> Item:
    return create_item(
        actor=by, unit=unit, kind="single_choice", content=single(), topic=topic
    ).item


def test_only_what_was_found_fit_is_approved(province: Unit, topics: dict[str, Node]) -> None:
    item = draft(province, topics["t1"])
    for step in (lambda: None, lambda: send_item(actor=None, item=item)):
        step()
        with pytest.raises(NotAllowed, match="chưa được thẩm định"):
            approve_item(actor=None, item=item)
    review_item(actor=None, item=item, verdict="fit")
    assert (item.state, item.stage) == ("reviewed", "fit")
    approve_item(actor=None, item=item)
    assert (item.state, item.stage) == ("approved", "approved")
    assert item.reviewed_at is not None


def test_a_returned_version_is_corrected_and_sent_again(
    province: Unit, topics: dict[str, Node]
) -> None:
    item = draft(province, topics["t1"])
    review_item(actor=None, item=item, verdict="fit")
    review_item(actor=None, item=item, verdict="returned", reason="Hai đáp án đúng")
    assert (item.state, item.stage) == ("draft", "returned")
    with pytest.raises(NotAllowed, match="hãy sửa"):
        send_item(actor=None, item=item)
    revise_item(actor=None, item=item, content=single(2))
    send_item(actor=None, item=item)
    assert item.stage == "waiting"
    assert [r.verdict for r in Review.objects.order_by("pk")] == ["fit", "returned"]


def test_the_database_wants_a_reason_for_what_goes_back(province: Unit) -> None:
    item = draft(province)
    with pytest.raises(DatabaseError), transaction.atomic():
        review_item(actor=None, item=item, verdict="returned")


def test_an_approved_version_is_used_while_the_next_is_on_its_way(
    province: Unit, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    import random

    (first,) = fill_bank(province, "t1", "basic", 1)
    blueprint = blueprint_of(province, topics, t1=1)
    item = first.item
    second = revise_item(actor=None, item=item, content=single(99))
    for step in (
        lambda: send_item(actor=None, item=item),
        lambda: review_item(actor=None, item=item, verdict="returned", reason="Chưa rõ"),
        lambda: review_item(actor=None, item=item, verdict="fit"),
    ):
        step()
        assert item.state == "approved"
        assert draw_versions(blueprint, random.Random(1)) == [first]
    approve_item(actor=None, item=item)
    assert draw_versions(blueprint, random.Random(1)) == [second]


def test_what_was_looked_at_is_what_is_judged(province: Unit, topics: dict[str, Node]) -> None:
    item = draft(province, topics["t1"])
    revise_item(actor=None, item=item, content=single(2))
    with pytest.raises(NotAllowed, match="vừa có bản 2"):
        review_item(actor=None, item=item, verdict="fit", number=1)
    review_item(actor=None, item=item, verdict="fit", number=2)
    with pytest.raises(NotAllowed, match="vừa có bản 2"):
        approve_item(actor=None, item=item, number=1)


def test_what_is_retired_comes_back_as_it_was(
    province: Unit, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    (version,) = fill_bank(province, "t1", "basic", 1)
    fresh = draft(province, topics["t1"])
    for item, state in ((version.item, "approved"), (fresh, "draft")):
        retire_item(actor=None, item=item, reason="Quy định đã đổi")
        for step in (
            lambda item=item: retire_item(actor=None, item=item, reason="Lại"),
            lambda item=item: approve_item(actor=None, item=item),
            lambda item=item: send_item(actor=None, item=item),
            lambda item=item: review_item(actor=None, item=item, verdict="fit"),
        ):
            with pytest.raises(NotAllowed, match="ngừng dùng"):
                step()
        restore_item(actor=None, item=item)
        assert Item.objects.get(pk=item.pk).state == state
        with pytest.raises(NotAllowed, match="đang được dùng"):
            restore_item(actor=None, item=item)


def test_what_comes_in_approved_has_its_review_too(
    province: Unit, topics: dict[str, Node], make_person: MakePerson
) -> None:
    user = make_person("Nguyễn Văn An", province).user
    new = NewItem("single_choice", single(), topics["t1"])
    (version,) = create_items(actor=user, unit=province, items=[new], approve=True)
    review = version.reviews.get()
    assert user is not None
    assert (review.verdict, review.by_id) == ("fit", user.pk)
    assert (version.item.state, version.item.stage) == ("approved", "approved")


def test_a_version_never_changes_used_or_not(province: Unit, topics: dict[str, Node]) -> None:
    """The database itself refuses; a later migration that rebuilds the table drops the trigger."""
    item = draft(province, topics["t1"])
    version = item.versions.get()
    form = Form.objects.create(
        unit=province, blueprint=blueprint_of(province, topics, t1=1), code="101"
    )
    FormSlot.objects.create(form=form, position=0, version=version)
    for change in ({"content": single(2)}, {"number": 7}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ItemVersion.objects.filter(pk=version.pk).update(**change)
    revise_item(actor=None, item=item, content=single(3))
    assert form.slots.get().version.content == version.content
    with pytest.raises(ProtectedError):
        version.delete()


# ---- who is asking ----


@pytest.fixture
def written(author: Client, province: Unit, topics: dict[str, Node]) -> Item:
    author.post("/items/new/single_choice/", typed(topics["t1"], unit=str(province.pk), send="1"))
    return Item.objects.get()


def test_a_reviewer_says_fit_or_returns_with_a_reason(
    written: Item, author: Client, examiner: Client
) -> None:
    path = f"/items/{written.pk}/"
    assert "1 câu hỏi chờ thẩm định" in page(examiner, "/items/")
    shown = page(examiner, f"{path}review/")
    assert "Phương án đúng" in shown
    said = examiner.post(f"{path}review/", {"number": "1", "verdict": "returned"})
    assert "Hãy viết cần sửa gì" in said.content.decode()
    assert "Hãy chọn kết luận" in examiner.post(f"{path}review/", {}).content.decode()
    data = {"number": "1", "verdict": "returned", "reason": "Phương án B\ncũng đúng"}
    examiner.post(f"{path}review/", data)
    told = page(author, path)
    assert "Bị trả lại: cần sửa" in told
    assert "Phương án B<br>cũng đúng" in told
    assert "Trả lại bản 1 để sửa" in told  # in the history
    examiner.post(f"{path}review/", {"number": "1", "verdict": "fit"})
    assert "Duyệt bản 1" in page(examiner, path)
    assert "Duyệt bản 1" not in page(author, path)


def test_nobody_reviews_their_own_where_another_could(
    province: Unit,
    topics: dict[str, Node],
    make_person: MakePerson,
    grant: Grant,
    signed_in: SignedIn,
    country: Unit,
) -> None:
    alone = make_person("Hoàng Thị Em", province)
    grant(alone, "examiner", province)
    item = draft(province, topics["t1"], by=alone.user)
    client, path = signed_in(alone), f"/items/{item.pk}/"
    assert "Anh/chị là người soạn bản này" in page(client, f"{path}review/")
    second = make_person("Đỗ Văn Phúc", country, activated=False)
    grant(second, "examiner", country)
    assert "Anh/chị là người soạn" in page(client, f"{path}review/")  # never signed in: can't help
    _activate(second)
    client.post(f"{path}review/", {"number": "1", "verdict": "fit"})
    assert not Review.objects.exists()
    assert "không tự thẩm định" in page(client, path)
    assert client.get(f"{path}review/").status_code == 302
    signed_in(second).post(f"{path}review/", {"number": "1", "verdict": "fit"})
    assert Review.objects.get().by_id == second.user_id


def _activate(person: Person) -> None:
    assert person.user is not None
    person.user.activated_at = person.user.created_at
    person.user.save()


def test_a_single_examiner_reviews_their_own_and_the_history_says_so(
    province: Unit, topics: dict[str, Node], examiner: Client
) -> None:
    examiner.post("/items/new/single_choice/", typed(topics["t1"], unit=str(province.pk)))
    path = f"/items/{Item.objects.get().pk}/"
    examiner.post(f"{path}review/", {"number": "1", "verdict": "fit"})
    assert "Tự thẩm định bản 1: đạt" in page(examiner, path)
    assert Event.objects.get(action="items.review_item").data["own"] is True


def test_a_retired_item_is_used_again(
    written: Item, author: Client, examiner: Client, neighbour: Client, learner: Client
) -> None:
    path = f"/items/{written.pk}/"
    examiner.post(f"{path}retire/", {"reason": "Quy định đã đổi"})
    for stranger in (author, neighbour, learner):
        assert stranger.post(f"{path}restore/").status_code == 404
    assert "Dùng lại" in page(examiner, path)
    examiner.post(f"{path}restore/")
    assert Item.objects.get().state == "draft"
    assert "Quy định đã đổi" in page(examiner, path)


def test_strangers_find_no_step(written: Item, neighbour: Client, learner: Client) -> None:
    path = f"/items/{written.pk}/"
    for step in ("send", "review", "approve", "retire", "restore", "enemies"):
        for who in (neighbour, learner):
            assert who.post(f"{path}{step}/").status_code == 404, step
        assert Client().post(f"{path}{step}/").status_code == 302
    written.refresh_from_db()
    assert written.stage == "waiting"


def test_what_is_known_of_an_item_is_typed_shown_and_audited(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    competence = Node.objects.filter(kind="competence")[0]
    about = {
        "competence": str(competence.pk),
        "difficulty": "hard",
        "expected_seconds": "90",
        "source": "Nghị định 30/2020/NĐ-CP, Điều 4",
        "notes": "Xem lại khi có văn bản mới",
    }
    author.post("/items/new/single_choice/", typed(topics["t1"], unit=str(province.pk), **about))
    item = Item.objects.get()
    shown = page(author, f"/items/{item.pk}/")
    for words in (competence.title, "Khó", "90 giây", about["source"], about["notes"]):
        assert words in shown
    assert f'value="{about["source"]}"' in page(author, f"/items/{item.pk}/edit/")
    bad = typed(topics["t1"], **{**about, "expected_seconds": "2"})
    assert "Thời gian dự kiến" in author.post(f"/items/{item.pk}/edit/", bad).content.decode()
    author.post(f"/items/{item.pk}/edit/", typed(topics["t1"], **{**about, "difficulty": "easy"}))
    item.refresh_from_db()
    assert (item.difficulty, item.versions.count()) == ("easy", 1)
    assert Event.objects.get(action="items.describe_item").data == {"changed": ["difficulty"]}
