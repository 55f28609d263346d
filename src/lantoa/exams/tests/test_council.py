"""Late answers, wrong keys, approval and appeals: who decides, and what it does to results."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any, cast
from zipfile import ZipFile

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.http import FileResponse
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.exams import tasks
from lantoa.exams.actions import start_attempt, submit_attempt
from lantoa.exams.actions.marking import finish_mark, take_next
from lantoa.exams.actions.markings import open_markings
from lantoa.exams.delivery.batch import commit
from lantoa.exams.models import (
    Answer,
    Appeal,
    Attempt,
    CouncilDecision,
    Duty,
    Exam,
    ItemReport,
    KeyCorrection,
    KeyProposal,
    LateAnswer,
    Marking,
    Result,
    ResultChange,
    Sitting,
    Submission,
)
from lantoa.exams.queries.attempts import paper_for
from lantoa.exams.tests.by_people import page, prepare, put_on, written
from lantoa.exams.tests.conftest import DURING, World, answer, enrolled, key_of, saving
from lantoa.items.bundles import Cell, Chosen, compile_bundle
from lantoa.items.models import ItemVersion
from lantoa.kernel import clock
from lantoa.notices.models import Notice
from lantoa.people.models import Person, Unit
from lantoa.programmes.actions.outcomes import record_certified
from lantoa.programmes.models import Enrolment, Outcome, Programme

AFTER = DURING + timedelta(days=20)
Clients = dict[str, Client]


@pytest.fixture
def world(world: World) -> World:
    """All answer the same ten questions, of one bundle."""
    versions = ItemVersion.objects.filter(item__kind="single_choice").order_by("id")[:10]
    chosen = [Chosen(version) for version in versions.select_related("item__topic__parent")]
    bundle = compile_bundle(blueprint=world.blueprint, title="Đề chung", cells=[Cell(10, chosen)])
    world.sitting.bundles.set([bundle])
    Sitting.objects.update(prepared_at=DURING)
    world.sitting.refresh_from_db()
    return world


@pytest.fixture
def sat(world: World, make_person: MakePerson, commune: Unit) -> list[Attempt]:
    """Of ten points, at seven the mark: 10, 7 and 6."""
    attempts = []
    for name, right in (("Lý Thị Mười", 10), ("Lý Thị Bảy", 7), ("Lý Thị Sáu", 6)):
        person = make_person(name, commune)
        enrolment = enrolled(world.cohort, person)
        world.finish_course(enrolment)
        with clock.fixed(DURING):
            attempt = start_attempt(actor=None, person=person, sitting=world.sitting)
        with clock.fixed(DURING + timedelta(minutes=10)):
            answer(attempt, right)
            submit_attempt(actor=person.user, attempt=attempt)
        attempts.append(attempt)
    return attempts


@pytest.fixture
def people(
    world: World, make_person: MakePerson, province: Unit, other_commune: Unit, grant: Grant
) -> dict[str, Person]:
    made = {
        name: make_person(f"Người {name}", province)
        for name in ("examiner", "council", "marker", "neighbour", "coordinator")
    }
    grant(made["examiner"], "examiner", province)
    grant(made["coordinator"], "coordinator", province)
    grant(made["neighbour"], "examiner", other_commune)
    put_on(world.sitting, made["council"], Duty.Role.COUNCIL)
    put_on(world.sitting, made["marker"], Duty.Role.MARKER)
    return made


@pytest.fixture
def clients(people: dict[str, Person], signed_in: SignedIn) -> Clients:
    return {name: signed_in(person) for name, person in people.items()}


@pytest.fixture
def doing(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """Jobs run as soon as they are committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def base(world: World) -> str:
    return f"/exams/sittings/{world.sitting.pk}"


def scores(attempts: list[Attempt]) -> list[int]:
    return [Result.objects.get(attempt=attempt).score for attempt in attempts]


# ---- late answers ----


def late_save(attempt: Attempt, slot: int, response: int, seconds: int) -> None:
    """Arrives so long after the deadline, from the device that had the attempt."""
    attempt.refresh_from_db()
    assert attempt.deadline_at is not None
    with clock.fixed(attempt.deadline_at + timedelta(seconds=seconds)):
        commit([saving(attempt, 100 + slot, slot, response)])


@pytest.fixture
def cut_off(sat: list[Attempt]) -> Attempt:
    """Who has six right was cut off by time, and a right answer comes afterwards."""
    attempt = sat[2]
    Submission.objects.filter(attempt=attempt).update(cause=Submission.Cause.TIME)
    return attempt


def test_within_grace_a_late_answer_counts_by_itself(cut_off: Attempt, world: World) -> None:
    slot = 9
    late_save(cut_off, slot, key_of(cut_off)[slot], 60)
    assert scores([cut_off]) == [60]
    with clock.fixed(DURING + timedelta(hours=1)):
        assert tasks.count_grace() == 1
        assert tasks.count_grace() == 0
    assert scores([cut_off]) == [70]
    result = Result.objects.get(attempt=cut_off)
    assert result.passed
    change = ResultChange.objects.get(result=result)
    assert (change.cause, change.score, change.passed) == ("late", 60, False)
    outcome = Outcome.objects.get(source=f"exams.result:{result.pk}")
    assert (outcome.passed, outcome.score) == (True, 70)


def test_the_council_decides_on_one_or_many(
    cut_off: Attempt, world: World, clients: Clients
) -> None:
    late_save(cut_off, 9, key_of(cut_off)[9], 600)
    late_save(cut_off, 8, key_of(cut_off)[8], 601)
    path = f"{base(world)}/late/"
    text = page(clients["council"], path)
    assert "2 câu trả lời chờ hội đồng quyết định" in text
    assert "muộn 10 phút" in text
    assert "Phương án" in text
    one, two = LateAnswer.objects.order_by("received_ms")
    refused = clients["council"].post(f"{path}decide/", {"late": [one.pk], "counts": "yes"})
    assert "Hãy ghi lý do" in refused.content.decode()
    assert f'value="{one.pk}" checked' in refused.content.decode()
    nothing = clients["council"].post(f"{path}decide/", {"counts": "yes", "note": "Mất điện"})
    assert "Hãy chọn ít nhất một" in nothing.content.decode()
    clients["council"].post(
        f"{path}decide/", {"late": [one.pk], "counts": "yes", "note": "Mất điện"}
    )
    assert scores([cut_off]) == [70]
    clients["council"].post(
        f"{path}decide/", {"late": [two.pk], "counts": "no", "note": "Không rõ"}
    )
    assert scores([cut_off]) == [70]
    one.refresh_from_db()
    assert (one.counts, one.note) == (True, "Mất điện")
    clients["council"].post(
        f"{path}decide/", {"late": [one.pk], "counts": "no", "note": "Nghĩ lại"}
    )
    assert scores([cut_off]) == [60]
    event = Event.objects.filter(action="exams.decide_late").order_by("-at", "-id")[0]
    assert event.data["was"] == {str(one.pk): True}
    outcome = Outcome.objects.get(enrolment=cut_off.candidate.enrolment, score__isnull=False)
    assert (outcome.passed, outcome.score) == (False, 60)


def test_an_essay_that_changed_by_a_late_answer_is_marked_anew(
    world: World,
    make_person: MakePerson,
    commune: Unit,
    people: dict[str, Person],
    clients: Clients,
) -> None:
    prepare(world)
    essays = written(world, make_person, commune, ["Bài đầu"])
    attempt = essays.attempts[0]
    Submission.objects.update(cause=Submission.Cause.TIME)
    open_markings(sitting=world.sitting, actor=None)
    put_on(world.sitting, people["examiner"], Duty.Role.MARKER)
    for name in ("marker", "examiner"):
        mark_next(people[name], world.sitting, [600, 400])
    assert scores([attempt]) == [100]
    marking = Marking.objects.get()
    late_save(attempt, marking.slot, cast(int, "Bài viết lại"), 600)
    path = f"{base(world)}/late/decide/"
    chosen = {"late": [LateAnswer.objects.get().pk], "counts": "yes", "note": "Mất điện"}
    clients["council"].post(path, chosen)
    result = Result.objects.get()
    assert (result.waits_for_marks, result.passed) == (True, False)
    marking.refresh_from_db()
    assert (marking.round, marking.agreed, marking.settled_at) == (2, None, None)


def mark_next(person: Person, sitting: Sitting, rubric: list[int]) -> None:
    assert person.user is not None
    mark = take_next(actor=person.user, sitting=sitting)
    assert mark is not None
    finish_mark(actor=person.user, mark=mark, rubric=rubric, comment="")


# ---- wrong keys ----


def version_of(attempt: Attempt, slot: int) -> int:
    paper = paper_for(attempt)
    version: int = paper.bundle.content["items"][paper.places[slot][0]]["version"]
    return version


def form_of(content: dict[str, Any], answer: int, **more: str) -> dict[str, Any]:
    """What the item's own form posts."""
    options = {f"option_{n}": each["text"] for n, each in enumerate(content["options"])}
    return {
        "way": "key", "reason": "Văn bản đã thay", "stem": content["stem"], **options,
        "answer": str(answer), "explanation": content["explanation"], **more,
    }  # fmt: skip


def propose(clients: Clients, world: World, version: int, doing: Any, **more: str) -> KeyProposal:
    """The examiner says the option after the key is right, or what `more` says."""
    content = ItemVersion.objects.get(pk=version).content
    posted = form_of(content, (content["answer"] + 1) % 4) | more
    path = f"{base(world)}/keys/{version}/"
    with doing():
        response = clients["examiner"].post(path, posted)
    assert response.status_code == 302, response.content.decode()[-3000:]
    proposal = KeyProposal.objects.latest("pk")
    assert response.headers["Location"] == f"/exams/keys/{proposal.pk}/"
    return proposal


def decide(clients: Clients, proposal: KeyProposal, doing: Any, way: str = "apply") -> None:
    with doing():
        response = clients["council"].post(
            f"/exams/keys/{proposal.pk}/decide/", {"note": "Họp ngày 23/5", way: ""}
        )
    assert response.status_code == 302, response.content.decode()[-2000:]


def test_a_wrong_key_is_proposed_tried_applied_and_taken_back(
    sat: list[Attempt], world: World, clients: Clients, doing: Any
) -> None:
    # Everybody answered slot 0 of the second by its key, and those below it otherwise.
    version = version_of(sat[1], 0)
    before = scores(sat)
    proposal = propose(clients, world, version, doing)
    assert scores(sat) == before
    told = proposal.forecast
    text = page(clients["council"], f"/exams/keys/{proposal.pk}/")
    assert f"Trên {told['attempts']} bài đã nộp" in text
    decide(clients, proposal, doing)
    after = scores(sat)
    changed = sum(one != other for one, other in zip(before, after, strict=True))
    assert (told["attempts"], told["changed"]) == (3, changed)
    assert after[1] == 60
    assert told["failed"] == 1
    correction = KeyCorrection.objects.get()
    assert correction.reason == "Văn bản đã thay"
    assert ResultChange.objects.filter(cause="rescored", score=70, passed=True).exists()
    proposal.refresh_from_db()
    assert proposal.rescored_at is not None
    undo = page(clients["examiner"], f"{base(world)}/keys/{version}/?undo")
    assert "Trở lại đáp án ban đầu." in undo
    content = ItemVersion.objects.get(pk=version).content
    back = propose(clients, world, version, doing, answer=str(content["answer"]))
    decide(clients, back, doing)
    assert scores(sat) == before
    assert KeyCorrection.objects.count() == 2


def test_full_points_for_everyone(
    sat: list[Attempt], world: World, clients: Clients, doing: Any
) -> None:
    version = version_of(sat[2], 9)  # what the third got wrong
    proposal = propose(clients, world, version, doing, way="everyone")
    decide(clients, proposal, doing)
    assert scores(sat)[2] == 70
    assert KeyCorrection.objects.get().everyone
    # A later submission is scored so as well.
    assert Result.objects.get(attempt=sat[2]).passed


def test_what_candidates_saw_can_not_be_corrected(
    sat: list[Attempt], world: World, clients: Clients, doing: Any
) -> None:
    version = version_of(sat[0], 0)
    content = ItemVersion.objects.get(pk=version).content
    path = f"{base(world)}/keys/{version}/"
    posted = form_of(content, (content["answer"] + 1) % 4, option_0="Câu chữ khác")
    assert "Chỉ sửa được đáp án" in clients["examiner"].post(path, posted).content.decode()
    same = clients["examiner"].post(path, form_of(content, content["answer"]))
    assert "đang được dùng" in same.content.decode()
    propose(clients, world, version, doing)
    again = clients["examiner"].post(path, form_of(content, (content["answer"] + 2) % 4))
    assert "đang chờ hội đồng" in again.content.decode()
    assert KeyProposal.objects.count() == 1


def test_nobody_decides_on_their_own_proposal(
    sat: list[Attempt], world: World, clients: Clients, doing: Any
) -> None:
    Duty.objects.filter(role="council").delete()
    proposal = propose(clients, world, version_of(sat[0], 0), doing)
    assert "không tự duyệt" in page(clients["examiner"], f"/exams/keys/{proposal.pk}/")
    path = f"/exams/keys/{proposal.pk}/decide/"
    told = clients["examiner"].post(path, {"note": "Ừ", "apply": ""}).content.decode()
    assert "không tự duyệt" in told
    assert not KeyCorrection.objects.exists()


def test_a_refused_proposal_changes_nothing(
    sat: list[Attempt], world: World, clients: Clients, doing: Any
) -> None:
    proposal = propose(clients, world, version_of(sat[0], 0), doing)
    decide(clients, proposal, doing, way="refuse")
    assert not KeyCorrection.objects.exists()
    assert not ResultChange.objects.exists()


def test_a_certificate_is_never_revoked_silently(
    sat: list[Attempt], world: World, clients: Clients, doing: Any
) -> None:
    enrolment = sat[1].candidate.enrolment
    assert enrolment is not None
    record_certified(enrolment_ids=[enrolment.pk])
    proposal = propose(clients, world, version_of(sat[1], 0), doing)
    assert proposal.forecast["doubted"] == 1
    assert "dù đã có giấy chứng nhận" in page(clients["council"], f"/exams/keys/{proposal.pk}/")
    decide(clients, proposal, doing)
    enrolment.refresh_from_db()
    assert enrolment.certified_at is not None
    text = page(clients["council"], f"{base(world)}/council/")
    assert "1 người có giấy chứng nhận nhưng kết quả nay chưa đạt" in text
    assert "Lý Thị Bảy" in text
    result = Result.objects.get(attempt=sat[1])
    event = Event.objects.get(action="exams.rescore")
    assert event.data["doubted"] == [result.pk]
    assert Event.objects.filter(action="programmes.doubt_certificate").exists()


def test_a_completion_without_certificate_is_taken_back(
    sat: list[Attempt], world: World, clients: Clients, doing: Any
) -> None:
    Programme.objects.update(certificate_rule=Programme.CertificateRule.NONE)
    person = sat[1].candidate.person
    completed = Enrolment.objects.filter(person=person, completed_at__isnull=False)
    assert completed.exists()
    decide(clients, propose(clients, world, version_of(sat[1], 0), doing), doing)
    assert not completed.exists()
    event = Event.objects.get(
        action="programmes.correct_outcome", data__passed=False, data__was_passed=True
    )
    assert (event.data["was_score"], event.data["score"]) == (70, 60)
    assert Event.objects.filter(action="programmes.take_back_completion").exists()


# ---- approval ----


@pytest.fixture
def held_back(sat: list[Attempt]) -> None:
    Exam.objects.update(release=Exam.Release.COUNCIL)


def test_results_wait_for_the_council(
    sat: list[Attempt], held_back: None, world: World, clients: Clients, signed_in: SignedIn
) -> None:
    candidate = sat[0].candidate.person
    path = f"/exams/attempts/{sat[0].public_id}/result/"
    mine = signed_in(candidate)
    assert "kết quả chưa công bố" in page(mine, path)
    council = f"{base(world)}/council/"
    with clock.fixed(AFTER):
        text = page(clients["council"], council)
        assert "Kết quả chờ hội đồng duyệt" in text
        assert "Chưa kiểm tra nhật ký và điểm" in text
        refused = clients["council"].post(f"{council}decide/", {"approve": ""})
        assert refused.status_code == 200
        clients["council"].post(f"{council}decide/", {"approve": "", "note": "Biên bản số 1"})
        assert "Kết quả đã duyệt" in page(clients["council"], council)
        assert "Đạt: đúng 100%" in page(mine, path)
    assert CouncilDecision.objects.get().note == "Biên bản số 1"
    assert Notice.objects.filter(user=candidate.user, title__startswith="Đã có kết quả").exists()
    with clock.fixed(AFTER + timedelta(hours=1)):
        clients["council"].post(f"{council}decide/", {"reopen": "", "note": "Có đơn"})
    assert "kết quả chưa công bố" in page(mine, path)
    event = Event.objects.get(action="exams.approve_results")
    assert (event.data["passed"], event.data["failed"]) == (2, 1)


def test_programmes_hear_of_it_at_the_release(
    sat: list[Attempt], held_back: None, world: World, clients: Clients
) -> None:
    Outcome.objects.filter(requirement=world.exam_requirement).delete()
    Result.objects.update(reported_at=None)
    assert tasks.report_due() == 0
    clients["council"].post(f"{base(world)}/council/decide/", {"approve": "", "note": "Duyệt"})
    assert tasks.report_due() == 3
    assert tasks.report_due() == 0
    assert Outcome.objects.filter(requirement=world.exam_requirement, passed=True).count() == 2


def test_what_is_open_stands_in_the_way(
    cut_off: Attempt, held_back: None, world: World, clients: Clients
) -> None:
    late_save(cut_off, 9, key_of(cut_off)[9], 600)
    council = f"{base(world)}/council/"
    assert "Còn câu trả lời muộn chưa quyết định." in page(clients["council"], council)
    told = clients["council"].post(f"{council}decide/", {"approve": "", "note": "Duyệt"})
    assert "Còn câu trả lời muộn chưa quyết định." in told.content.decode()
    assert not CouncilDecision.objects.exists()


def test_the_check_finds_what_was_tampered_with(
    sat: list[Attempt], world: World, clients: Clients, doing: Any
) -> None:
    verify, council = f"{base(world)}/council/verify/", f"{base(world)}/council/"
    with doing():
        clients["council"].post(verify)
    assert Event.objects.get(action="exams.verify_sitting").data == {"attempts": 3, "unsound": {}}
    assert "Nhật ký và điểm của 3 bài được kiểm tra" in page(clients["council"], council)
    Answer.objects.filter(attempt=sat[0], sequence=4).update(response="0", slot=2)
    Answer.objects.filter(attempt=sat[1], sequence=10).delete()
    Result.objects.filter(attempt=sat[2]).update(points=1000, passed=True)
    with doing():
        clients["council"].post(verify)
    event = Event.objects.filter(action="exams.verify_sitting").order_by("-at", "-id")[0]
    assert event.data["unsound"] == {
        str(sat[0].public_id): "chain",
        str(sat[1].public_id): "cut",
        str(sat[2].public_id): "result",
    }
    text = page(clients["council"], council)
    assert "3 bài có nhật ký hoặc điểm không khớp" in text
    assert "chuỗi lần lưu bị đứt" in text


def test_the_list_of_scores_is_taken_out_on_record(
    sat: list[Attempt], world: World, clients: Clients
) -> None:
    response = clients["council"].get(f"{base(world)}/scores.xlsx")
    book = ZipFile(BytesIO(cast(FileResponse, response).getvalue()))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "Lý Thị Bảy" in sheet
    assert "7/10" in sheet
    pdf = clients["council"].get(f"{base(world)}/scores.pdf")
    assert pdf.content.startswith(b"%PDF")
    events = Event.objects.filter(action="exams.export_score_list").order_by("at")
    assert [event.data for event in events] == [
        {"candidates": 3, "form": "xlsx"},
        {"candidates": 3, "form": "pdf"},
    ]


# ---- appeals ----


def test_a_candidate_appeals_once_in_time_and_sees_the_outcome(
    sat: list[Attempt], world: World, clients: Clients, signed_in: SignedIn
) -> None:
    attempt = sat[2]
    person = attempt.candidate.person
    mine = signed_in(person)
    result, file = (f"/exams/attempts/{attempt.public_id}/{name}/" for name in ("result", "appeal"))
    with clock.fixed(DURING + timedelta(days=16)):
        assert "Hạn phúc khảo đã hết" in page(mine, result)
        assert mine.post(file, {"reason": "Muộn"}).status_code == 302
        assert not Appeal.objects.exists()
    with clock.fixed(DURING + timedelta(days=3)):
        assert "Gửi đơn phúc khảo" in page(mine, result)
        assert "Đơn phúc khảo" in page(mine, file)
        assert mine.post(file, {"reason": ""}).status_code == 200
        mine.post(file, {"reason": "Câu 3 đúng mà"})
        mine.post(file, {"reason": "Lần nữa"})
        assert "đang được xem xét" in page(mine, result)
    appeal = Appeal.objects.get()
    assert appeal.reason == "Câu 3 đúng mà"
    path = f"/exams/appeals/{appeal.pk}/"
    assert "1 đơn phúc khảo chờ giải quyết" in page(clients["council"], f"{base(world)}/appeals/")
    text = page(clients["council"], path)
    assert "Chuỗi lần lưu nguyên vẹn" in text
    clients["council"].post(f"{path}decide/", {"note": "Đã tính lại, điểm đúng."})
    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.note) == ("upheld", "Đã tính lại, điểm đúng.")
    with clock.fixed(DURING + timedelta(days=4)):
        told = page(mine, result)
    assert "Giữ nguyên kết quả" in told
    assert "Đã tính lại, điểm đúng." in told
    assert Notice.objects.filter(user=person.user, title__startswith="Đơn phúc khảo").exists()


def test_an_appeal_on_paper_is_written_down_by_the_day_it_came_in(
    sat: list[Attempt], world: World, clients: Clients, signed_in: SignedIn
) -> None:
    council, path = clients["council"], f"{base(world)}/appeals/paper/"
    told = {"candidate": "ly thi", "received_on": "12/05/2022", "reason": "Xem lại câu 3"}

    def wrong(**change: str) -> str:
        return council.post(path, {**told, **change}).content.decode()

    with clock.fixed(DURING + timedelta(days=40)):
        assert "Ghi đơn phúc khảo nộp giấy" in page(council, path)
        assert "Lý Thị Mười" in wrong()  # several are called so
        assert "Không có thí sinh nào" in wrong(candidate="Trần Văn Không")
        assert "Ngày nhận đơn chưa tới." in wrong(candidate="Lý Thị Bảy", received_on="01/01/2030")
        assert "Không gửi được đơn" in wrong(candidate="Lý Thị Bảy", received_on="01/06/2022")
        assert "Không gửi được đơn" in wrong(candidate="Lý Thị Bảy", received_on="01/05/2022")
        assert not Appeal.objects.exists()
        made = council.post(path, {**told, "candidate": "Lý Thị Bảy"})
        appeal = Appeal.objects.get()
        assert made.headers["Location"] == f"/exams/appeals/{appeal.pk}/"
        assert appeal.attempt == sat[1]
        assert "đơn giấy nhận ngày 12/05/2022" in page(council, made.headers["Location"])
        assert "đơn giấy" in page(council, f"{base(world)}/appeals/")
        assert "Không gửi được đơn" in wrong(candidate="Lý Thị Bảy")  # once
    event = Event.objects.get(action="exams.file_appeal")
    assert event.data == {"attempt": sat[1].pk, "received_on": "2022-05-12"}
    assert signed_in(sat[0].candidate.person).get(path).status_code == 404


def test_an_appeal_is_marked_by_others_and_changes_the_result(
    world: World,
    make_person: MakePerson,
    commune: Unit,
    people: dict[str, Person],
    clients: Clients,
    signed_in: SignedIn,
) -> None:
    prepare(world)
    essays = written(world, make_person, commune, ["Bài viết"])
    attempt = essays.attempts[0]
    open_markings(sitting=world.sitting, actor=None)
    markers = [make_person(f"Chấm {n}", commune) for n in "ABCD"]
    for person in markers:
        put_on(world.sitting, person, Duty.Role.MARKER)
    for person in markers[:2]:
        mark_next(person, world.sitting, [300, 0])
    assert scores([attempt]) == [65]
    file = f"/exams/attempts/{attempt.public_id}/appeal/"
    signed_in(attempt.candidate.person).post(file, {"reason": "Chấm chặt"})
    appeal = Appeal.objects.get()
    path = f"/exams/appeals/{appeal.pk}/"
    assert "Mở chấm lại" in page(clients["examiner"], path)
    clients["examiner"].post(f"{path}reopen/")
    assert scores([attempt]) == [65]
    told = clients["council"].post(f"{path}decide/", {"note": "Sớm"}).content.decode()
    assert "Còn phần chấm lại chưa xong" in told
    for person in markers[:2]:
        assert person.user is not None
        assert take_next(actor=person.user, sitting=world.sitting) is None
    for person in markers[2:]:
        mark_next(person, world.sitting, [600, 200])
    assert [mark.ordinal for mark in attempt.marks.order_by("ordinal")] == [1, 2, 4, 5]
    assert scores([attempt]) == [65]
    clients["examiner"].post(f"{path}reopen/")
    assert Marking.objects.get().round == 2
    clients["council"].post(f"{path}decide/", {"note": "Chấm lại cao hơn."})
    appeal.refresh_from_db()
    assert appeal.outcome == "changed"
    assert scores([attempt]) == [90]
    change = ResultChange.objects.get(cause="appeal")
    assert (change.score, change.passed, change.note) == (65, False, "Chấm lại cao hơn.")
    text = page(signed_in(attempt.candidate.person), f"/exams/attempts/{attempt.public_id}/result/")
    assert "Kết quả đã được tính lại" in text


# ---- who asks ----

PAGES = ("late/", "council/", "keys/", "appeals/", "items/", "marking/progress/")


@pytest.mark.parametrize(
    ("who", "status"),
    [("examiner", 200), ("council", 200), ("marker", 404), ("neighbour", 404),
     ("coordinator", 404)],
)  # fmt: skip
def test_who_looks(
    who: str, status: int, sat: list[Attempt], world: World, clients: Clients
) -> None:
    for name in PAGES:
        assert clients[who].get(f"{base(world)}/{name}").status_code == status, name
        assert Client().get(f"{base(world)}/{name}").status_code == 302


@pytest.mark.parametrize(
    ("who", "may"), [("examiner", False), ("council", True), ("marker", False)]
)
def test_who_decides(
    who: str, may: bool, cut_off: Attempt, world: World, clients: Clients, doing: Any
) -> None:
    late_save(cut_off, 9, key_of(cut_off)[9], 600)
    proposal = propose(clients, world, version_of(cut_off, 0), doing)
    appeal = Appeal.objects.create(attempt=cut_off, reason="Xem lại")
    posts = {
        f"{base(world)}/late/decide/": {"late": ["1"], "counts": "yes", "note": "n"},
        f"{base(world)}/council/decide/": {"approve": "", "note": "n"},
        f"/exams/keys/{proposal.pk}/decide/": {"refuse": "", "note": "n"},
        f"/exams/appeals/{appeal.pk}/decide/": {"note": "n"},
    }
    for path, posted in posts.items():
        status = clients[who].post(path, posted).status_code
        assert (status != 404) is may, path


def test_where_there_is_no_council_an_examiner_decides(
    sat: list[Attempt], world: World, clients: Clients
) -> None:
    path = f"{base(world)}/council/decide/"
    assert clients["examiner"].post(path, {"approve": "", "note": "n"}).status_code == 404
    Duty.objects.filter(role="council").update(withdrawn_at=clock.now())
    assert clients["examiner"].post(path, {"approve": "", "note": "n"}).status_code == 302
    assert clients["council"].get(f"{base(world)}/council/").status_code == 404


def test_queries_do_not_grow_with_the_rows(
    cut_off: Attempt,
    world: World,
    clients: Clients,
    doing: Any,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for slot in range(6):
        late_save(cut_off, slot, 0, 600)
    Appeal.objects.create(attempt=cut_off, reason="Xem lại")
    propose(clients, world, version_of(cut_off, 0), doing)
    for name in PAGES:
        with django_assert_max_num_queries(36 if name == "council/" else 24):
            clients["council"].get(f"{base(world)}/{name}")


# ---- items ----


def test_the_item_report_is_computed_kept_and_read(
    sat: list[Attempt], world: World, clients: Clients, doing: Any
) -> None:
    path = f"{base(world)}/items/"
    assert "Có 3 bài đã nộp" in page(clients["examiner"], path)
    with doing():
        clients["examiner"].post(f"{path}compute/")
    text = page(clients["examiner"], path)
    assert "3 bài, tính lúc" in text
    assert "Ít người làm" in text
    assert "Đề nghị sửa đáp án" in text
    report = ItemReport.objects.filter(sitting=world.sitting).get().data
    assert report["candidates"] == 3
    assert report["mean"] == pytest.approx(23 / 3, abs=1e-3)
    by_version = {item["version"]: item for item in report["items"]}
    for version, one in by_version.items():
        right = sum(_got(attempt, version) for attempt in sat)
        assert one["share_right"] == pytest.approx(right / 3, abs=1e-3)
        assert sum(option["count"] for option in one["options"]) == 3
        assert next(o["count"] for o in one["options"] if o["right"]) == right
    assert clients["council"].get(f"{base(world)}/items.xlsx").status_code == 200
    assert clients["council"].get(f"{base(world)}/items.xlsx?of=exam").status_code == 404
    with doing():
        clients["examiner"].post(f"{path}compute/", {"of": "exam"})
    assert "mọi ca thi" in page(clients["examiner"], f"{path}?of=exam")


def _got(attempt: Attempt, version: int) -> int:
    paper = paper_for(attempt)
    slots = Result.objects.get(attempt=attempt).detail["slots"]
    return sum(
        points == 100
        for points, place in zip(slots, paper.places, strict=True)
        if paper.bundle.content["items"][place[0]]["version"] == version
    )


def test_seconds_are_the_sum_of_what_the_device_said(
    sat: list[Attempt], world: World, clients: Clients, doing: Any
) -> None:
    Answer.objects.filter(slot=0).update(spent_ms=4000)
    with doing():
        clients["examiner"].post(f"{base(world)}/items/compute/")
    times = [
        one["mean_seconds"]
        for one in ItemReport.objects.filter(sitting=world.sitting).get().data["items"]
    ]
    assert {time for time in times if time is not None} == {4.0}


def test_an_essay_has_no_key_to_correct_but_may_be_given_to_everyone(
    world: World,
    make_person: MakePerson,
    commune: Unit,
    clients: Clients,
    doing: Any,
) -> None:
    prepare(world)
    essays = written(world, make_person, commune, ["Bài viết"])
    attempt = essays.attempts[0]
    open_markings(sitting=world.sitting, actor=None)
    (slot,) = [slot for slot, got in enumerate(_slots(attempt)) if got is None]
    path = f"{base(world)}/keys/{version_of(attempt, slot)}/"
    assert "Đáp án khác mới đúng" not in page(clients["examiner"], path)
    refused = clients["examiner"].post(path, {"way": "key", "reason": "Đề hỏng"})
    assert refused.status_code == 200
    with doing():
        clients["examiner"].post(path, {"way": "everyone", "reason": "Đề hỏng"})
    decide(clients, KeyProposal.objects.get(), doing)
    assert (scores([attempt]), _slots(attempt)[slot]) == ([100], 500)
    assert Marking.objects.get().settled_at is not None  # nobody need mark it


def _slots(attempt: Attempt) -> list[int | None]:
    slots: list[int | None] = Result.objects.get(attempt=attempt).detail["slots"]
    return slots
