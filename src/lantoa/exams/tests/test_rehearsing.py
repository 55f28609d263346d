"""Rehearsing and verifying, without a network: the hot path answers in the test's own process."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lantoa.audit.models import Event
from lantoa.exams.actions import start_attempt, submit_attempt
from lantoa.exams.actions.prepare import prepare_sitting
from lantoa.exams.actions.rehearsal import CODE, clear_rehearsals, set_up_rehearsal
from lantoa.exams.models import Answer, Attempt, Candidate, Exam, Result, Sitting, Submission
from lantoa.exams.queries.verifying import verify_sitting
from lantoa.exams.rehearsing.client import HttpClient, NotLoopback
from lantoa.exams.rehearsing.judging import Phase, reasons_against
from lantoa.exams.rehearsing.rehearse import rehearse
from lantoa.exams.tests.conftest import answer
from lantoa.exams.tests.held import BEFORE, OPENS, Held
from lantoa.exams.tests.hot import Device
from lantoa.items.models import Bundle
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit


class InProcess:
    """A client whose server is the hot path itself; `broken` names an action that is refused."""

    def __init__(self, broken: str = "") -> None:
        self.broken = broken

    def ask(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        if self.broken and path.endswith(self.broken):
            return 503, {"error": "unavailable"}, 1.0
        got = Device(token or None).ask(method, path, body)
        return got.status, got.json, 1.0


@pytest.fixture
def _here(held: Held) -> object:
    with clock.fixed(BEFORE):
        yield


# ---- rehearsing ----


@pytest.mark.usefixtures("_here")
def test_a_rehearsal_goes_the_whole_way_and_leaves_nothing(held: Held) -> None:
    prepare_sitting(actor=None, sitting=held.sitting)
    before = (Person.objects.count(), Attempt.objects.count(), Unit.objects.count())
    outcome = rehearse(held.sitting, connect=InProcess, count=3, workers=1)
    assert outcome.reasons == []
    assert outcome.go
    figures = outcome.figures
    assert (figures["candidates"], figures["submitted"], figures["answers"]) == (3, 3, 30)
    requests = {name: step["requests"] for name, step in figures["steps"].items()}
    assert requests == {
        "enter": 3, "start": 3, "paper": 3, "saves": 30, "submit": 3, "result": 3,
    }  # fmt: skip
    assert before == (Person.objects.count(), Attempt.objects.count(), Unit.objects.count())
    assert Sitting.objects.count() == 1
    assert Exam.objects.count() == 1
    assert not Submission.objects.exists()


@pytest.mark.usefixtures("_here")
def test_a_step_that_fails_is_no_go_and_says_why(held: Held, examiner: Client) -> None:
    outcome = rehearse(held.sitting, connect=lambda: InProcess("submit"), count=2, workers=1)
    assert not outcome.go
    assert "2 lần nộp bài không được: unavailable." in outcome.reasons
    event = Event.objects.get(action="exams.rehearse_sitting")
    assert event.data["go"] is False
    text = examiner.get(f"/exams/sittings/{held.sitting.pk}/preparations/").content.decode()
    assert "chưa đạt" in text
    assert "nộp bài không được: unavailable" in text


@pytest.mark.usefixtures("_here")
def test_what_a_rehearsal_makes_is_in_nobodys_reach(held: Held, examiner: Client) -> None:
    set_up_rehearsal(sitting=held.sitting, count=2)
    assert Sitting.objects.count() == 2
    for page in ("/exams/exams/", "/exams/sittings/"):
        text = examiner.get(page).content.decode()
        assert CODE not in text
        assert text.count("Kiểm tra quý IV") == 1
    assert Candidate.objects.filter(unit__code=CODE).count() == 2
    assert clear_rehearsals() == 1
    assert not Candidate.objects.filter(unit__code=CODE).exists()
    assert held.sitting.candidates.count() == 5


@pytest.mark.parametrize("url", ["http://10.0.0.1:8000", "https://example.vn", "ftp://localhost"])
def test_only_this_machine_is_loaded(url: str) -> None:
    with pytest.raises(NotLoopback):
        HttpClient(url)


def test_a_server_that_does_not_answer_is_said(held: Held) -> None:
    with pytest.raises(CommandError, match="không trả lời"):
        call_command("exam", "rehearse", str(held.sitting.pk), url="http://127.0.0.1:1")


FAST = Phase(spent=[5.0] * 100, seconds=1.0)


@pytest.mark.parametrize(
    ("phases", "more", "words"),
    [
        ({}, {}, []),
        (
            {"saves": Phase([5.0] * 98 + [3000.0] * 2, seconds=1.0)},
            {},
            ["Chậm khi lưu câu trả lời"],
        ),
        (
            {"start": Phase([2500.0] * 10, seconds=1.0)},
            {},
            ["Chậm khi bắt đầu"],
        ),
        (
            {"start": Phase([5.0] * 10, {"closed": 2}, 0.1)},
            {},
            ["2 lần bắt đầu không được: closed."],
        ),
        ({}, {"differences": 1}, ["1 chỗ trong bài làm không khớp"]),
        ({}, {"cut_off": True}, ["Không xong trong thời gian"]),
        (
            {},
            {"candidates": 10_000},
            ["10000 thí sinh cùng bấm bắt đầu thì người cuối chờ khoảng 200"],
        ),
    ],
)
def test_go_or_no_go(phases: dict[str, Phase], more: dict[str, Any], words: list[str]) -> None:
    measured = {"start": FAST, "paper": FAST, "saves": FAST, **phases}
    told = {"candidates": 100, "differences": 0, "cut_off": False, **more}
    reasons = reasons_against(measured, **told)
    assert len(reasons) == len(words)
    for reason, word in zip(reasons, words, strict=True):
        assert word in reason


# ---- verifying ----


@pytest.fixture
def sat(held: Held) -> Attempt:
    """One of five submitted with seven right, another still at work."""
    with clock.fixed(BEFORE):
        prepare_sitting(actor=None, sitting=held.sitting)
    with clock.fixed(OPENS):
        first, second = (
            start_attempt(actor=None, person=person, sitting=held.sitting)
            for person in held.people[:2]
        )
        answer(first, 7)
        answer(second, 2)
        submit_attempt(actor=None, attempt=first)
    first.refresh_from_db()
    return first


def verify(sitting: Sitting) -> tuple[bool, Any]:
    """Whether the command ends well (else with exit code 1), and what it printed."""
    out, codes = StringIO(), []
    try:
        call_command("exam", "verify", str(sitting.pk), "--json", stdout=out)
    except CommandError as error:
        codes.append(error.returncode)
    return codes != [1], json.loads(out.getvalue())


def test_an_untouched_sitting_holds(sat: Attempt) -> None:
    holds, told = verify(sat.sitting)
    assert holds
    assert (told["attempts"], told["submitted"], told["answers"]) == (2, 1, 20)
    out = StringIO()
    call_command("exam", "verify", str(sat.sitting_id), stdout=out)
    assert "Mọi chuỗi, biên nhận và điểm đều khớp." in out.getvalue()


def _better_score(sat: Attempt) -> None:
    Result.objects.filter(attempt=sat).update(points=1000, score=100)


def _other_slots(sat: Attempt) -> None:
    result = Result.objects.get(attempt=sat)
    result.detail["slots"][9] = 100
    result.save()


def _bundle(sat: Attempt) -> None:
    content = bytes(sat.bundle.content).replace(b'"pass_mark":50', b'"pass_mark":90')
    Bundle.objects.filter(pk=sat.bundle_id).update(content=content)


def _change(model: Any, **values: Any) -> Any:
    """Rows of this attempt are given these values."""

    def tamper(sat: Attempt) -> None:
        of = {"pk": sat.pk} if model is Attempt else {"attempt": sat}
        model.objects.filter(**of).update(**values)

    return tamper


def _remove(model: Any, **which: Any) -> Any:
    return lambda sat: model.objects.filter(attempt=sat, **which).delete()


def _edit_answer(sat: Attempt) -> None:
    row = Answer.objects.get(attempt=sat, sequence=4)
    Answer.objects.filter(pk=row.pk).update(response=str((row.value + 1) % 4))


@pytest.mark.parametrize(
    ("tamper", "seen"),
    [
        (_edit_answer, {"chain", "head", "receipt"}),
        (_remove(Answer, sequence=10), {"head", "saves", "receipt"}),
        (_change(Attempt, head=b"x" * 32), {"head"}),
        (_change(Attempt, answered=b""), {"answered"}),
        (_change(Attempt, last_sequence=99), {"last_sequence"}),
        (_change(Attempt, seed=5), {"chain"}),
        (_change(Submission, saves=9), {"receipt_saves"}),
        (_change(Submission, head=b"y" * 32), {"receipt"}),
        (_remove(Submission), {"submission"}),
        (_remove(Result), {"result"}),
        (_change(Result, passed=False), {"passed"}),
        (_better_score, {"points", "score"}),
        (_other_slots, {"slots"}),
        (_bundle, {"bundle"}),
    ],
)
def test_whatever_was_changed_behind_the_log_is_found(
    sat: Attempt, tamper: Any, seen: set[str]
) -> None:
    tamper(sat)
    holds, told = verify(sat.sitting)
    assert not holds
    assert {one["what"] for one in told["differences"]} >= seen
    assert {one["attempt"] for one in told["differences"]} <= {str(sat.public_id), ""}


def test_verifying_reads_only(sat: Attempt) -> None:
    before = list(Attempt.objects.order_by("pk").values())
    verify_sitting(sat.sitting)
    assert list(Attempt.objects.order_by("pk").values()) == before
