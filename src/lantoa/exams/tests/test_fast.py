"""The hot path's doors: what docs/exam-protocol.md promises."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from conftest import MakePerson, SignedIn
from django.db import connection
from django.test import Client

from lantoa.exams.actions import start_attempt, submit_attempt
from lantoa.exams.actions.attempts import new_attempt
from lantoa.exams.delivery import tokens
from lantoa.exams.delivery.codes import code_hash
from lantoa.exams.models import (
    Answer,
    Attempt,
    Candidate,
    Exam,
    LateAnswer,
    Result,
    Sitting,
    Submission,
)
from lantoa.exams.rules import link, root
from lantoa.exams.sql import NUMBERED
from lantoa.exams.tasks import report_due
from lantoa.exams.tests.conftest import DURING, World, enrolled, key_of
from lantoa.exams.tests.hot import Device, desk, responses
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.programmes.models import Outcome

CODE = "ABCDEFGHJKMN"


@pytest.fixture
def attempt(world: World) -> Attempt:
    world.finish_course()
    with clock.fixed(DURING):
        made = start_attempt(actor=None, person=world.person, sitting=world.sitting)
    Attempt.objects.update(epoch=1)
    made.refresh_from_db()
    return made


@pytest.fixture
def waiting(world: World) -> Candidate:
    """A sitting opened ahead of time: a candidate with a number and a code, and their attempt."""
    Exam.objects.update(entry=Exam.Entry.CODE)
    world.sitting.refresh_from_db()
    candidate = Candidate.objects.create(
        sitting=world.sitting,
        person=world.person,
        unit=world.person.unit,
        enrolment=world.enrolment,
        number="TN0001",
        code_hash=code_hash(CODE),
    )
    new_attempt(candidate, world.sitting, 1)
    return candidate


MINUTE_ONE = DURING + timedelta(minutes=1)


def test_a_save_is_confirmed_with_the_servers_time_and_its_hash(attempt: Attempt) -> None:
    with clock.fixed(MINUTE_ONE):
        told = desk(attempt).save(1, 0, 2, spent=4000)
    assert told.status == 200
    assert told.json["deadline"] - told.json["now"] == 29 * 60 * 1000
    start = root(attempt.bundle.digest, attempt.public_id, attempt.seed)
    expected = link(start, 1, 0, told.json["now"], 4000, "2").hex()
    assert told.json == {
        "saved": 1,
        "hash": expected,
        "now": told.json["now"],
        "deadline": told.json["deadline"],
        "paused": False,
        "kept": "",
    }
    assert bytes(Answer.objects.get().hash).hex() == expected


def test_a_taken_number_is_answered_with_the_next(attempt: Attempt) -> None:
    with clock.fixed(MINUTE_ONE):
        at = desk(attempt)
        assert at.save(1, 0, 2).json == at.save(1, 0, 2).json
        told = at.save(1, 0, 3)
    assert (told.status, told.json["error"], told.json["next"]) == (409, "sequence_taken", 2)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"1", b'"x"', b"\xff\xfe", b"[" * 5000, b"{}",
        b'{"sequence": 1, "slot": 0, "response": "\\ud800"}',
        {"sequence": 1, "slot": 0},
        {"sequence": "1", "slot": 0, "response": 1},
        {"sequence": True, "slot": 0, "response": 1},
        {"sequence": 1, "slot": 0.5, "response": 1},
        {"sequence": 1, "slot": 0, "response": "x" * 5000},
        {"sequence": 1, "slot": 99, "response": 1},
        {"sequence": 1, "slot": -1, "response": 1},
        {"sequence": 1, "slot": 0, "response": 4},
        {"sequence": 10**30, "slot": 0, "response": 1},
        {"sequence": 0, "slot": 0, "response": 1},
    ],
)  # fmt: skip
def test_a_malformed_body_is_refused_in_words(attempt: Attempt, body: object) -> None:
    with clock.fixed(MINUTE_ONE):
        told = desk(attempt).post("answers", body)
    assert (told.status, told.json["error"]) == (400, "bad_answer")
    assert told.json["sentence"] == "Câu trả lời gửi lên không đúng dạng."
    assert not Answer.objects.exists()


def test_a_huge_body_is_refused_before_it_is_read_whole(attempt: Attempt) -> None:
    told = desk(attempt).post("answers", b"x" * 100_000)
    assert told.status == 413
    assert not Answer.objects.exists()


def other_tokens(attempt: Attempt) -> list[str | None]:
    good = tokens.issue(attempt.public_id, attempt.pk, 1)
    last = "A" if good[-5] != "A" else "B"
    return [
        None, "", "x", good[:-4], good[:-5] + last + good[-4:], good + "A",
        tokens.issue("00000000-0000-7000-8000-000000000000", attempt.pk, 1),
    ]  # fmt: skip


def test_only_the_attempts_own_token_opens_it(attempt: Attempt) -> None:
    with clock.fixed(MINUTE_ONE):
        for token in other_tokens(attempt):
            at = desk(attempt)
            at.device.token = token
            for told in (at.save(1, 0, 1), at.get("clock"), at.get("paper"), at.post("submit", {})):
                assert (told.status, told.json["error"]) == (401, "no_token"), token
    assert not Answer.objects.exists()
    assert not Submission.objects.exists()


def test_a_token_of_another_attempt_is_none(
    world: World, attempt: Attempt, make_person: MakePerson, commune: Unit
) -> None:
    other = make_person("Trần Văn Bình", commune)
    world.finish_course(enrolled(world.cohort, other))
    with clock.fixed(DURING):
        theirs = start_attempt(actor=None, person=other, sitting=world.sitting)
        at = desk(attempt)
        at.device.token = tokens.issue(theirs.public_id, theirs.pk, 1)
        assert at.save(1, 0, 1).status == 401


def test_a_form_of_another_site_is_refused(attempt: Attempt) -> None:
    with clock.fixed(MINUTE_ONE):
        told = desk(attempt).device.ask(
            "POST",
            f"/sit/{attempt.public_id}/submit",
            b"",
            content_type="application/x-www-form-urlencoded",
        )
    assert told.status == 415
    assert not Submission.objects.exists()


# ---- entering and starting ----


def enter(number: str = "TN0001", code: str = CODE, **fields: Any) -> Any:
    return Device(**fields).ask("POST", "/sit/enter", {"number": number, "code": code})


def test_from_the_code_to_the_result(waiting: Candidate) -> None:
    with clock.fixed(DURING):
        entered = enter(" tn 0001 ", "abcd-efgh-jkmn")
        assert entered.status == 200
        assert entered.json["standing"]["state"] == "waiting"
        attempt = Attempt.objects.get()
        hot, slow = entered.headers["set-cookie"].splitlines()
        assert f"Path=/sit/{attempt.public_id}/" in hot
        assert f"Path=/exams/attempts/{attempt.public_id}/" in slow
        assert all("HttpOnly; SameSite=Strict" in cookie for cookie in (hot, slow))
        at = desk(attempt)
        assert entered.json["token"] == at.device.token
        told = at.get("paper").json
        assert told["paper"] is None
        assert (told["about"]["candidate"], told["about"]["number"]) == (
            "Nguyễn Thị Hằng",
            "TN0001",
        )
        assert (told["about"]["minutes"], told["about"]["layout"]) == (30, "one")
        assert at.save(1, 0, 1).json["error"] == "not_started"
        assert at.post("submit", {}).json["error"] == "not_started"
        started = at.post("start", {})
        assert (started.status, started.json["state"]) == (200, "working")
    attempt.refresh_from_db()
    with clock.fixed(MINUTE_ONE):
        assert at.post("start", {}).json["deadline"] == started.json["deadline"]
        for slot, right in enumerate(key_of(attempt)):
            at.save(slot + 1, slot, right if slot < 9 else (right + 1) % 4)
        told = at.get("paper").json
        assert len(told["paper"]["slots"]) == 10
        assert "Giải thích" not in str(told)
        assert responses(told["answers"]) == {
            slot: right if slot < 9 else (right + 1) % 4
            for slot, right in enumerate(key_of(attempt))
        }
        receipt = at.post("submit", {}).json
        assert receipt == at.post("submit", {}).json
        assert receipt["result"]["score"] == 90
        assert receipt["saves"] == 10
        attempt.refresh_from_db()
        assert receipt["head"] == bytes(attempt.head).hex() == bytes(attempt.submission.head).hex()
        assert at.get("result").json["result"]["passed"] is True
        assert at.save(11, 0, 1).json["error"] == "submitted"


def test_the_door_finds_a_number_without_reading_everybody(
    world: World, waiting: Candidate
) -> None:
    unit = world.person.unit
    crowd = Person.objects.bulk_create(
        Person(unit=unit, given_name=f"Người {n}", sort_key=str(n), search_key=str(n))
        for n in range(2000)
    )
    Candidate.objects.bulk_create(
        Candidate(sitting=world.sitting, person=one, unit=unit, number=f"X{n:05}", code_hash="x")
        for n, one in enumerate(crowd)
    )
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE exams_candidate")
        cursor.execute(f"{explain} {NUMBERED}", [waiting.number, clock.now()])
        plan = str(cursor.fetchall())
    assert "exams_candidate_by_number" in plan, plan


def test_the_paper_in_english_has_english_words(attempt: Attempt) -> None:
    at = desk(attempt, headers=[(b"cookie", b"django_language=en")])
    with clock.fixed(MINUTE_ONE):
        assert at.get("paper").status == 200
        at.device.headers.append((b"accept-encoding", b"gzip"))
        assert at.get("paper").headers["content-encoding"] == "gzip"
        assert at.post("answers", {}).json["sentence"] != "Câu trả lời gửi lên không đúng dạng."


def test_ten_wrong_codes_lock_the_number_until_somebody_unlocks(waiting: Candidate) -> None:
    with clock.fixed(DURING):
        device = Device()
        for _ in range(10):
            told = device.ask("POST", "/sit/enter", {"number": "TN0001", "code": "X" * 12})
            assert (told.status, told.json["error"]) == (401, "wrong_code")
        told = device.ask("POST", "/sit/enter", {"number": "TN0001", "code": CODE})
        assert (told.status, told.json["error"]) == (423, "locked")
        for _ in range(15):
            told = device.ask("POST", "/sit/enter", {"number": "TN0001", "code": "X"})
        assert told.status == 429
        Candidate.objects.update(locked_at=None, failures=0)
        assert enter().status == 200


@pytest.mark.parametrize(
    ("minutes", "status", "error"),
    [(-10_000, 409, "not_open"), (0, 200, None), (30, 200, None), (31, 410, "too_late_to_start"),
     (26_000, 410, "closed")],
)  # fmt: skip
def test_the_window_holds_at_the_door(
    world: World, waiting: Candidate, minutes: int, status: int, error: str | None
) -> None:
    world.sitting.last_start_at = DURING + timedelta(minutes=30)
    world.sitting.save()
    attempt = Attempt.objects.get()
    with clock.fixed(DURING + timedelta(minutes=minutes)):
        told = desk(attempt).post("start", {})
    assert (told.status, told.json.get("error")) == (status, error)


def test_one_own_minutes_reach_over_the_end(world: World, waiting: Candidate) -> None:
    Candidate.objects.update(extra_minutes=15)
    closes = world.sitting.closes_at
    with clock.fixed(closes - timedelta(minutes=20)):
        told = desk(Attempt.objects.get()).post("start", {}).json
    assert told["deadline"] == round((closes + timedelta(minutes=15)).timestamp() * 1000)


def test_networks_and_safe_exam_browser_are_asked_for(world: World, waiting: Candidate) -> None:
    world.sitting.networks = ["10.1.0.0/16"]
    world.sitting.save()
    Exam.objects.update(seb_config_keys=["ab" * 32])
    with clock.fixed(DURING):
        assert enter(address="10.2.0.1").json["error"] == "wrong_network"
        told = enter(address="10.1.0.1")
        assert (told.status, told.json["error"]) == (403, "seb_needed")
        url = b"http://testserver/sit/enter"
        proof = hashlib.sha256(url + b"ab" * 32).hexdigest().encode()
        sent = [(b"x-safeexambrowser-configkeyhash", proof)]
        assert enter(address="10.1.0.1", headers=sent).status == 200


# ---- devices ----


def test_a_second_device_fences_the_first_off_and_loses_nothing(
    waiting: Candidate,
) -> None:
    with clock.fixed(DURING):
        enter()
        attempt = Attempt.objects.get()
        first = desk(attempt, 1)
        first.post("start", {})
        first.save(1, 0, 1)
        assert enter().status == 200
        second = desk(attempt, 2)
        assert responses(second.get("paper").json["answers"]) == {0: 1}
        told = first.save(2, 1, 3, at=1_652_000_000_000)
        assert (told.status, told.json["kept"]) == (202, "fenced")
        assert first.save(2, 1, 3).status == 202
        assert first.get("clock").json["error"] == "moved"
        assert first.post("submit", {}).json["error"] == "moved"
        assert second.save(2, 1, 0).status == 200
    late = LateAnswer.objects.get()
    assert (late.reason, late.slot, late.value, late.counts) == ("fenced", 1, 3, None)
    assert late.contact_ms is not None
    assert Answer.objects.filter(attempt=attempt).count() == 2


def test_where_the_invigilator_decides_a_move_must_be_allowed(waiting: Candidate) -> None:
    Exam.objects.update(moves=Exam.Moves.INVIGILATOR)
    with clock.fixed(DURING):
        enter()
        attempt = Attempt.objects.get()
        desk(attempt).post("start", {})
        told = enter()
        assert (told.status, told.json["error"]) == (409, "ask_invigilator")
        held = [(b"x-held-token", tokens.issue(attempt.public_id, attempt.pk, 1).encode())]
        assert enter(headers=held).status == 200
        Attempt.objects.update(move_allowed_at=DURING)
        assert enter().status == 200
        assert enter().json["error"] == "ask_invigilator"
    attempt.refresh_from_db()
    assert attempt.epoch == 2


# ---- late ----


def test_what_comes_within_the_grace_counts_where_the_policy_says_so(
    world: World, attempt: Attempt
) -> None:
    right = key_of(attempt)[0]
    at = desk(attempt)
    with clock.fixed(DURING + timedelta(minutes=30, seconds=90)):
        told = at.save(1, 0, right)
        assert (told.status, told.json["kept"]) == (202, "late")
        submit_attempt(actor=None, attempt=attempt)
    assert Result.objects.get().points == 100
    with clock.fixed(DURING + timedelta(minutes=33)):
        assert at.save(2, 1, 0).status == 202
    assert list(LateAnswer.objects.order_by("id").values_list("within_grace", "counts")) == [
        (True, True),
        (False, None),
    ]


def test_under_the_council_nothing_late_counts_by_itself(attempt: Attempt) -> None:
    Exam.objects.update(late_policy=Exam.Late.COUNCIL)
    with clock.fixed(DURING + timedelta(minutes=30, seconds=30)):
        assert desk(attempt).save(1, 0, 1).status == 202
    assert LateAnswer.objects.get().counts is None


# ---- pausing ----


def test_the_standing_says_since_when_and_for_whom_the_clock_stands(attempt: Attempt) -> None:
    def standing() -> Any:
        return desk(attempt).get("clock").json["standing"]

    with clock.fixed(MINUTE_ONE + timedelta(minutes=3)):
        assert (standing()["paused"], standing()["paused_for"]) == (None, "")
        Attempt.objects.update(paused_at=MINUTE_ONE)
        since = round(MINUTE_ONE.timestamp() * 1000)
        assert (standing()["paused"], standing()["paused_for"]) == (since, "attempt")
        Sitting.objects.update(paused_at=MINUTE_ONE)
        assert (standing()["state"], standing()["paused_for"]) == ("paused", "sitting")


def test_a_paused_attempt_takes_what_was_on_its_way(attempt: Attempt) -> None:
    Attempt.objects.update(paused_at=MINUTE_ONE)
    with clock.fixed(DURING + timedelta(hours=2)):
        told = desk(attempt).save(1, 0, 1)
        assert (told.status, told.json["paused"]) == (200, True)
        assert desk(attempt).get("clock").json["standing"]["state"] == "paused"


# ---- the twin ----


def test_the_slow_route_leaves_the_same_rows(world: World, signed_in: SignedIn) -> None:
    """The same answers by the page without script and by the hot path."""
    world.finish_course()
    client: Client = signed_in(world.person)
    rows = []
    with clock.fixed(DURING):
        for fast in (False, True):
            client.post(f"/exams/sittings/{world.sitting.pk}/start/")
            Attempt.objects.filter(submitted_at=None).update(seed=1, epoch=1)
            attempt = Attempt.objects.get(submitted_at=None)
            key = [(right + 1) % 4 for right in key_of(attempt)]
            if fast:
                at = desk(attempt)
                for slot, wrong in enumerate(key):
                    assert at.save(slot + 1, slot, wrong).status == 200
                assert at.post("submit", {}).status == 200
            else:
                page = f"/exams/attempts/{attempt.public_id}/"
                data = {f"slot-{slot}": str(wrong) for slot, wrong in enumerate(key)}
                client.post(f"{page}plain/", {**data, "save": ""})
                client.post(f"{page}submit/")
            rows.append(
                {
                    "answers": list(
                        Answer.objects.filter(attempt=attempt)
                        .order_by("id")
                        .values_list("sequence", "slot", "response", "received_ms", "spent_ms")
                    ),
                    "attempt": Attempt.objects.filter(pk=attempt.pk).values(
                        "saves", "last_sequence", "answered", "submitted_at", "deadline_at"
                    )[0],
                    "submission": Submission.objects.filter(attempt=attempt).values(
                        "at", "cause", "saves"
                    )[0],
                    "result": Result.objects.filter(attempt=attempt).values(
                        "points", "points_possible", "score", "passed", "detail", "at"
                    )[0],
                }
            )
    assert rows[0] == rows[1]


def test_the_worker_tells_the_programme_of_what_the_hot_path_left(
    world: World, attempt: Attempt
) -> None:
    at = desk(attempt)
    with clock.fixed(MINUTE_ONE):
        for slot, right in enumerate(key_of(attempt)):
            at.save(slot + 1, slot, right)
        at.post("submit", {})
        assert not Outcome.objects.filter(requirement=world.exam_requirement).exists()
        assert (report_due(), report_due()) == (1, 0)
    outcome = Outcome.objects.get(requirement=world.exam_requirement)
    assert (outcome.passed, outcome.score) == (True, 100)
    world.enrolment.refresh_from_db()
    assert world.enrolment.completed_at is not None


def test_what_the_council_releases_is_told_when_it_does(world: World, attempt: Attempt) -> None:
    Exam.objects.update(release=Exam.Release.COUNCIL)
    with clock.fixed(MINUTE_ONE):
        told = desk(attempt).post("submit", {}).json
        assert told["result"] is None
        assert report_due() == 0
        world.sitting.released_at = MINUTE_ONE
        world.sitting.save()
        assert report_due() == 1
        assert desk(attempt).get("result").json["result"]["passed"] is False


def test_pages_of_the_hot_path_are_djangos(attempt: Attempt) -> None:
    assert Device().ask("GET", "/sit/").raw == b"/exams/pages/enter/"
    assert Device().ask("GET", f"/sit/{attempt.public_id}/").raw == b"/exams/pages/sit/"
    assert Device().ask("HEAD", "/sit/").raw == b""
    plain = Device().ask("GET", f"/sit/{attempt.public_id}/plain")
    assert plain.headers["location"] == f"/exams/attempts/{attempt.public_id}/plain/"
    for path in ("/sit/x", "/sit/enter/x", f"/sit/{attempt.public_id}/x", "/sit/../x"):
        assert Device().ask("GET", path).status in (401, 404), path
    assert desk(attempt).get("nothing").status == 404
