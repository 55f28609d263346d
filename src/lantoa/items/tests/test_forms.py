"""From a blueprint to published forms, as an examiner and a second one do it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.db import transaction
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from lantoa.audit.models import Event
from lantoa.frameworks.models import Node
from lantoa.items.actions import (
    BlueprintFields,
    CellFields,
    assemble_forms,
    bundle_of_form,
    create_blueprint,
    publish_form,
    retire_form,
    review_form,
    revise_item,
    swap_item,
    write_forms,
)
from lantoa.items.assembly.rules import free_codes
from lantoa.items.models import Blueprint, Enmity, Form, FormSlot, Item
from lantoa.items.papers import open_bundle
from lantoa.items.rules import BankTooSmall, NotAllowed
from lantoa.items.tests.conftest import FillBank, single
from lantoa.jobs.models import Job
from lantoa.people.models import Person, Unit

People = dict[str, Person]
Assemble = Callable[..., list[Form]]


@pytest.fixture
def people(province: Unit, other_commune: Unit, make_person: MakePerson, grant: Grant) -> People:
    asked = {
        "first": ("Lê Thị Bình", "examiner", province),
        "second": ("Hoàng Văn Dũng", "examiner", province),
        "author": ("Nguyễn Văn An", "author", province),
        "neighbour": ("Phạm Văn Cường", "examiner", other_commune),
    }
    made = {name: make_person(said, unit) for name, (said, _role, unit) in asked.items()}
    for name, (_said, role, unit) in asked.items():
        grant(made[name], role, unit)
    made["learner"] = make_person("Trần Thị Dung", province)
    return made


@pytest.fixture
def as_(people: People, signed_in: SignedIn) -> Callable[[str], Client]:
    return lambda name: signed_in(people[name])


@pytest.fixture
def blueprint(province: Unit, topics: dict[str, Node], fill_bank: FillBank) -> Blueprint:
    fill_bank(province, "t1", "basic", 12)
    fill_bank(province, "t2", "basic", 8)
    for n, item in enumerate(Item.objects.order_by("id")):
        Item.objects.filter(pk=item.pk).update(difficulty=("easy", "medium", "hard")[n % 3])
    return made(province, topics)


def made(unit: Unit, topics: dict[str, Node], **fields: Any) -> Blueprint:
    told = {"title": "Kiểm tra quý", "minutes": 45, "pass_mark": 70, **fields}
    cells = [
        CellFields(topics["t1"].pk, "basic", 4),
        CellFields(topics["t2"].pk, "basic", 2, points=3),
    ]
    return create_blueprint(actor=None, unit=unit, fields=BlueprintFields(**told), cells=cells)


@pytest.fixture
def assembled(
    people: People, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Assemble:
    """assembled(blueprint, 3) → three drafts by the first examiner, through the job."""

    def assemble(blueprint: Blueprint, forms: int = 1, **more: Any) -> list[Form]:
        before = set(Form.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            assemble_forms(
                actor=people["first"].user, blueprint=blueprint, forms=forms, seed=7, **more
            )
        job = Job.objects.latest("id")
        assert job.state == "done", job.error
        return list(Form.objects.exclude(pk__in=before).order_by("id"))

    return assemble


def published(form: Form, people: People) -> Form:
    review_form(actor=people["second"].user, form=form, fit=True, reason="Đúng ma trận")
    publish_form(actor=people["first"].user, form=form)
    return Form.objects.select_related("bundle", "blueprint", "unit").get(pk=form.pk)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_one_form_is_assembled_as_the_cells_say(blueprint: Blueprint, assembled: Assemble) -> None:
    (form,) = assembled(blueprint)
    slots = form.slots.select_related("version__item__topic")
    assert [slot.position for slot in slots] == [1, 2, 3, 4, 5, 6]
    held = sorted((s.version.item.topic.code, s.points) for s in slots if s.version.item.topic)
    assert held == [("t1", 1)] * 4 + [("t2", 3)] * 2
    assert (form.code, form.batch, form.state) == ("101", None, "draft")
    event = Event.objects.get(action="items.assemble_form")
    assert (event.data["seed"], event.data["code"]) == (7, "101")


def test_parallel_forms_share_as_little_as_can_be(
    blueprint: Blueprint, assembled: Assemble, as_: Callable[[str], Client]
) -> None:
    """t1: 3 forms × 4 of 12 items; t2: 3 × 2 of 8: nothing needs to be shared."""
    forms = assembled(blueprint, 3)
    assert [form.code for form in forms] == ["101", "102", "103"]
    assert len({form.batch for form in forms}) == 1
    items = FormSlot.objects.values_list("version__item_id", flat=True)
    assert len(set(items)) == len(items) == 18
    text = page(as_("author"), f"/items/forms/batch/{forms[0].batch}/")
    assert "3 đề, hai đề trùng nhau nhiều nhất 0 câu" in text
    assert "18 câu có mặt trong 1 đề" in text


def test_a_page_starts_the_job_and_the_job_leads_to_the_forms(
    blueprint: Blueprint,
    as_: Callable[[str], Client],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    first = as_("first")
    with django_capture_on_commit_callbacks(execute=True):
        answer = first.post(f"/items/blueprints/{blueprint.pk}/forms/", {"count": "2"})
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/jobs/{job.pk}"
    assert "Xem 2 đề đã dựng" in page(first, f"/jobs/{job.pk}")
    assert "hai đề trùng nhau nhiều nhất" in page(first, job.result["url"])
    assert "Đề 102" in page(first, f"/items/blueprints/{blueprint.pk}/")
    assert "2 đề chờ thẩm định" in page(first, "/items/forms/")


@pytest.mark.parametrize(("count", "words"), [("0", "lớn hơn"), ("51", "nhỏ hơn"), ("x", "số")])
def test_a_number_of_forms_that_cannot_be_is_refused(
    blueprint: Blueprint, as_: Callable[[str], Client], count: str, words: str
) -> None:
    path = f"/items/blueprints/{blueprint.pk}/forms/"
    text = as_("first").post(path, {"count": count}, follow=True).content.decode()
    assert words in text
    assert not Job.objects.exists()


def test_a_short_bank_is_said_before_anything_is_queued(
    blueprint: Blueprint, as_: Callable[[str], Client]
) -> None:
    blueprint.cells.update(count=30)
    with pytest.raises(BankTooSmall), transaction.atomic():
        assemble_forms(actor=None, blueprint=blueprint, forms=1, seed=1)
    answer = as_("first").post(
        f"/items/blueprints/{blueprint.pk}/forms/", {"count": "1"}, follow=True
    )
    assert "thiếu 18" in answer.content.decode()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("fields", "forms", "words"),
    [
        ({"bands": {"hard": [5, None]}}, 1, "Độ khó khó: mỗi đề cần ít nhất 5 câu, chỉ có 2"),
        ({"bands": {"easy": [0, 0], "medium": [0, 1]}}, 1, "mỗi đề được nhiều nhất"),
        ({"most_exposure": 10}, 6, "cần 24 lượt câu"),
        ({"most_exposure": 10}, 6, "Đủ câu nếu mỗi câu được có mặt trong 2 đề (34% số đề)"),
        ({"most_overlap": 0}, 8, "Hai đề trùng nhau ít nhất"),
    ],
)
def test_what_cannot_be_is_said_with_how_much_is_missing(
    province: Unit,
    topics: dict[str, Node],
    blueprint: Blueprint,
    people: People,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    fields: dict[str, Any],
    forms: int,
    words: str,
) -> None:
    # The bank: t1 12 items, t2 8, difficulties in turn; a form takes 4 and 2.
    Item.objects.filter(topic__code="t1", difficulty="hard").update(difficulty="medium")
    asked = made(province, topics, **fields)
    with django_capture_on_commit_callbacks(execute=True):
        assemble_forms(actor=people["first"].user, blueprint=asked, forms=forms, seed=1)
    job = Job.objects.get()
    assert job.state == "failed"
    assert words in job.error
    assert not Form.objects.exists()


def test_enemies_that_must_meet_are_named(
    blueprint: Blueprint,
    people: People,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    items = list(Item.objects.filter(topic__code="t2").order_by("id"))
    for one in items:
        for other in items:
            if one.pk < other.pk:
                Enmity.objects.create(first=one, second=other)
    with django_capture_on_commit_callbacks(execute=True):
        assemble_forms(actor=people["first"].user, blueprint=blueprint, forms=1, seed=1)
    assert re.search(r"Câu \d+ và câu \d+ không được cùng một đề", Job.objects.get().error)


def test_fresh_forms_leave_out_what_was_published(
    blueprint: Blueprint, assembled: Assemble, people: People
) -> None:
    (old,) = assembled(blueprint)
    published(old, people)
    (new,) = assembled(blueprint, fresh=True)
    assert new.code == "102"
    shared = set(old.slots.values_list("version__item", flat=True)) & set(
        new.slots.values_list("version__item", flat=True)
    )
    assert shared == set()


def test_another_examiner_reviews_and_only_then_it_is_published(
    blueprint: Blueprint, assembled: Assemble, people: People, as_: Callable[[str], Client]
) -> None:
    (form,) = assembled(blueprint)
    path, first, second = f"/items/forms/{form.pk}/", as_("first"), as_("second")
    fit = {"fit": "yes", "reason": "Đúng ma trận, không câu nào lộ đáp án"}
    with pytest.raises(NotAllowed, match="thẩm định trước"):
        publish_form(actor=people["first"].user, form=form)
    text = first.post(f"{path}review/", fit, follow=True).content.decode()
    assert "cần một người phụ trách khảo thí khác" in text
    text = second.post(
        f"{path}review/", {"fit": "yes", "reason": " "}, follow=True
    ).content.decode()
    assert "Hãy viết nhận xét" in text
    second.post(f"{path}review/", fit)
    shown = page(first, path)
    assert "đã thẩm định, chờ ban hành" in shown
    assert "không câu nào lộ đáp án" in shown
    assert "không thay đổi được nữa" in page(first, f"{path}publish/")
    assert "mã kiểm tra" in first.post(f"{path}publish/", follow=True).content.decode()
    form.refresh_from_db()
    assert form.bundle is not None
    event = Event.objects.get(action="items.publish_form")
    assert event.data["digest"] == form.bundle.digest
    assert form.bundle.digest in page(second, path)


def test_who_swapped_an_item_does_not_review_either(
    blueprint: Blueprint, assembled: Assemble, people: People
) -> None:
    (form,) = assembled(blueprint)
    swap_any(form, people["second"])
    with pytest.raises(NotAllowed, match="khác"):
        review_form(actor=people["second"].user, form=form, fit=True, reason="x")


def swap_any(form: Form, by: Person) -> tuple[FormSlot, Item]:
    slot = form.slots.select_related("version__item").first()
    assert slot is not None
    held = form.slots.values("version__item")
    other = Item.objects.filter(topic=slot.version.item.topic).exclude(pk__in=held)[0]
    swap_item(actor=by.user, form=form, position=slot.position, item=other.pk, reason="Quá dễ")
    return slot, other


def test_given_back_it_can_be_changed_and_reviewed_again(
    blueprint: Blueprint, assembled: Assemble, people: People
) -> None:
    (form,) = assembled(blueprint)
    review_form(actor=people["second"].user, form=form, fit=True, reason="Được")
    with pytest.raises(NotAllowed, match="trả lại"):
        swap_any(form, people["first"])
    review_form(actor=people["second"].user, form=form, fit=False, reason="Câu 3 trùng ý câu 5")
    swap_any(form, people["first"])
    published(form, people)
    with pytest.raises(NotAllowed, match="không đổi câu"):
        swap_any(form, people["first"])
    with pytest.raises(NotAllowed, match="không chờ"):
        review_form(actor=people["second"].user, form=form, fit=False, reason="x")


def test_what_is_published_never_changes(
    blueprint: Blueprint, assembled: Assemble, people: People
) -> None:
    (form,) = assembled(blueprint)
    form = published(form, people)
    bundle = bundle_of_form(form)
    before = bytes(bundle.content)
    for slot in form.slots.select_related("version__item"):
        revise_item(actor=None, item=slot.version.item, content=single(99))
    opened = open_bundle(bundle_of_form(Form.objects.select_related("bundle").get(pk=form.pk)))
    assert bytes(bundle.content) == before
    assert sorted(item["version"] for item in opened.content["items"]) == sorted(
        form.slots.values_list("version_id", flat=True)
    )
    assert opened.slots == 6
    assert sorted(opened.points(place) for place in opened.paper(5)) == [100] * 4 + [300] * 2


def test_a_retired_form_is_of_no_use_and_says_why(
    blueprint: Blueprint, assembled: Assemble, people: People, as_: Callable[[str], Client]
) -> None:
    (form,) = assembled(blueprint)
    form = published(form, people)
    path, first = f"/items/forms/{form.pk}/", as_("first")
    assert "Hãy điền mục này" in first.post(f"{path}retire/", {"reason": ""}).content.decode()
    first.post(f"{path}retire/", {"reason": "Đề đã lộ"})
    form.refresh_from_db()
    with pytest.raises(NotAllowed, match="ngừng dùng"):
        bundle_of_form(form)
    with pytest.raises(NotAllowed):
        retire_form(actor=None, form=form, reason="lần nữa")
    assert "Đề đã lộ" in page(first, path)
    assert "Đề 101" not in page(first, "/items/forms/")
    assert "Đề 101" in page(first, "/items/forms/?state=all")


def test_swapping_offers_what_fits_and_says_what_the_rest_would_break(
    province: Unit,
    topics: dict[str, Node],
    blueprint: Blueprint,
    assembled: Assemble,
    as_: Callable[[str], Client],
) -> None:
    asked = made(province, topics, bands={"hard": [2, 2]})
    (form,) = assembled(asked)
    slots = form.slots.select_related("version__item").filter(version__item__topic__code="t1")
    slot = slots.exclude(version__item__difficulty="hard")[0]
    held = set(form.slots.values_list("version__item_id", flat=True))
    free = Item.objects.filter(topic__code="t1").exclude(pk__in=held)
    hard = free.filter(difficulty="hard")[0]
    fits, enemy = free.exclude(difficulty="hard").order_by("id")[:2]
    other = form.slots.exclude(pk=slot.pk)[0].version.item
    Enmity.objects.create(
        first_id=min(enemy.pk, other.pk), second_id=max(enemy.pk, other.pk), reason="lộ"
    )
    path, first = f"/items/forms/{form.pk}/swap/{slot.position}/", as_("first")
    text = page(first, path)
    assert "Độ khó khó: mỗi đề được nhiều nhất 2 câu, lại có 3" in text
    assert f"Câu {min(enemy.pk, other.pk)} và câu {max(enemy.pk, other.pk)} không được" in text
    for refused in (hard, enemy):
        answer = first.post(path, {"item": refused.pk, "reason": "Đổi thử"}).content.decode()
        assert "Đổi thử" in answer
        assert "error-summary" in answer
    assert "Hãy chọn một câu" in first.post(path, {}).content.decode()
    assert first.post(path, {"item": fits.pk, "reason": "Rõ hơn"}).status_code == 302
    slot.refresh_from_db()
    assert slot.version.item_id == fits.pk
    event = Event.objects.get(action="items.swap_item")
    assert (event.data["position"], event.data["reason"]) == (slot.position, "Rõ hơn")
    assert "Rõ hơn" in page(first, f"/items/forms/{form.pk}/")


def test_an_item_of_another_cell_is_no_swap(
    blueprint: Blueprint, assembled: Assemble, people: People
) -> None:
    (form,) = assembled(blueprint)
    slot = form.slots.filter(version__item__topic__code="t1")[0]
    held = form.slots.values("version__item")
    other = Item.objects.filter(topic__code="t2").exclude(pk__in=held)[0]
    for item in (other.pk, slot.version.item_id, 10**9):
        with pytest.raises(NotAllowed, match="không thuộc ô"):
            swap_item(actor=None, form=form, position=slot.position, item=item)
    with pytest.raises(FormSlot.DoesNotExist):
        swap_item(actor=None, form=form, position=77, item=other.pk)


def test_a_swap_would_say_what_it_shares_with_the_other_forms(
    province: Unit,
    topics: dict[str, Node],
    blueprint: Blueprint,
    assembled: Assemble,
    as_: Callable[[str], Client],
) -> None:
    asked = made(province, topics, most_overlap=0, most_exposure=50)
    one, other = assembled(asked, 2)
    slot = one.slots.filter(version__item__topic__code="t1")[0]
    text = page(as_("first"), f"/items/forms/{one.pk}/swap/{slot.position}/")
    assert "Trùng 1 câu với đề 102, được nhiều nhất 0 câu" in text
    assert "có mặt trong 2 đề, được nhiều nhất 1" in text
    assert other.code == "102"


def test_the_search_for_another_item_needs_no_accents(
    blueprint: Blueprint, assembled: Assemble, as_: Callable[[str], Client]
) -> None:
    (form,) = assembled(blueprint)
    slot = form.slots.filter(version__item__topic__code="t1")[0]
    path = f"/items/forms/{form.pk}/swap/{slot.position}/"
    assert "trong 8 câu cùng ô" in page(as_("first"), path)
    assert "trong 8 câu cùng ô" in page(as_("first"), f"{path}?q=viec+nao")
    assert "Không có câu nào khớp" in page(as_("first"), f"{path}?q=khong+co")


def test_a_form_says_when_its_bank_or_blueprint_has_moved_on(
    blueprint: Blueprint, assembled: Assemble, as_: Callable[[str], Client]
) -> None:
    (form,) = assembled(blueprint)
    path = f"/items/forms/{form.pk}/"
    assert "Ngân hàng đã có bản khác" not in page(as_("author"), path)
    slot = form.slots.select_related("version__item")[0]
    Item.objects.filter(pk=slot.version.item_id).update(state="retired")
    assert "Ngân hàng đã có bản khác" in page(as_("author"), path)
    blueprint.cells.filter(topic__code="t1").update(count=5)
    assert "Đề không còn đúng ma trận" in page(as_("author"), path)


def test_what_is_out_of_reach_does_not_exist(
    blueprint: Blueprint, assembled: Assemble, as_: Callable[[str], Client]
) -> None:
    form, _other = assembled(blueprint, 2)
    shown = f"/items/forms/{form.pk}/"
    examined = [f"{shown}swap/1/", f"{shown}publish/", f"{shown}retire/", f"{shown}print/key.pdf"]
    for path in (shown, f"/items/forms/batch/{form.batch}/", *examined):
        assert as_("neighbour").get(path).status_code == 404, path
        assert as_("learner").get(path).status_code == 404, path
        assert Client().get(path).status_code == 302, path
    for path in examined:
        assert as_("author").get(path).status_code == 404, path
    posts = [f"{shown}review/", f"/items/blueprints/{blueprint.pk}/forms/", *examined[:3]]
    for path in posts:
        for who in ("author", "neighbour", "learner"):
            assert as_(who).post(path, {"reason": "x", "count": "1"}).status_code == 404, path
    assert as_("learner").get("/items/forms/").status_code == 404
    assert "Đề 101" not in page(as_("neighbour"), "/items/forms/")
    assert as_("first").get(f"{shown}swap/99/").status_code == 404
    assert as_("first").get(f"{shown}print/secret.pdf").status_code == 404
    assert Form.objects.filter(state="draft").count() == 2


def test_pages_take_few_queries(
    blueprint: Blueprint,
    assembled: Assemble,
    as_: Callable[[str], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    forms = assembled(blueprint, 6)
    client = as_("first")
    paths = {
        f"/items/forms/{forms[0].pk}/": 26,
        f"/items/forms/{forms[0].pk}/swap/1/": 24,
        f"/items/forms/batch/{forms[0].batch}/": 16,
        "/items/forms/": 14,
        f"/items/blueprints/{blueprint.pk}/": 24,
    }
    for path, most in paths.items():
        page(client, path)
        with django_assert_max_num_queries(most):
            page(client, path)


def test_where_items_are_not_shuffled_they_stand_in_the_order_of_the_syllabus(
    province: Unit, topics: dict[str, Node], blueprint: Blueprint, assembled: Assemble
) -> None:
    (form,) = assembled(made(province, topics, shuffle_items=False))
    codes = form.slots.values_list("version__item__topic__code", flat=True)
    assert list(codes) == ["t1"] * 4 + ["t2"] * 2


def test_the_job_asks_again_whether_one_may(
    blueprint: Blueprint,
    people: People,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assemble_forms(actor=people["author"].user, blueprint=blueprint, forms=1, seed=1)
    job = Job.objects.get()
    assert (job.state, "không còn thuộc phạm vi" in job.error) == ("failed", True)


def test_codes_count_on_and_are_never_given_twice(blueprint: Blueprint) -> None:
    assert free_codes([], 2) == ["101", "102"]
    assert free_codes(["101", "120", "A1"], 1) == ["121"]
    first = write_forms(actor=None, blueprint=blueprint, papers=[[]], seed=1, told={})
    again = write_forms(actor=None, blueprint=blueprint, papers=[[], []], seed=1, told={})
    assert [form.code for form in first + again] == ["101", "102", "103"]
