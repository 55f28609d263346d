"""Files handed in for a file task: by the device that has the attempt, in time, and checked."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from conftest import MakePerson, SignedIn
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lantoa.exams.actions import start_attempt, submit_attempt
from lantoa.exams.delivery import tokens
from lantoa.exams.models import Attempt, Upload
from lantoa.exams.rules.uploads import MOST_PER_SLOT
from lantoa.exams.tests.conftest import DURING, World
from lantoa.items.models import Bundle
from lantoa.items.papers import forget
from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.project.bodies import HANDED_IN, SIGNED_OUT, limit_of

SHEET = b"ho_ten,diem\nLan,9\n"


@pytest.fixture
def attempt(world: World) -> Attempt:
    """Under way, on a paper whose every item takes a .csv."""
    world.finish_course()
    with clock.fixed(DURING):
        made = start_attempt(actor=None, person=world.person, sitting=world.sitting)
    bundle = Bundle.objects.get(pk=made.bundle_id)
    content = json.loads(bytes(bundle.content))
    for item in content["items"]:
        item["content"]["accept"] = ["csv"]
    Bundle.objects.update(content=json.dumps(content).encode(), digest="0" * 64)
    Attempt.objects.update(epoch=1)
    forget()
    made.refresh_from_db()
    return made


def device(attempt: Attempt, epoch: int = 1) -> Client:
    client = Client(enforce_csrf_checks=True)
    name, _path = tokens.places(attempt.public_id)[1]
    client.cookies[name] = tokens.issue(attempt.public_id, attempt.pk, epoch)
    return client


def hand_in(
    client: Client, attempt: Attempt, *, slot: int = 0, name: str = "bai.csv", body: bytes = SHEET,
    headers: dict[str, str] | None = None, minute: float = 1,
) -> Any:  # fmt: skip
    with clock.fixed(DURING + timedelta(minutes=minute)):
        return client.post(
            f"/exams/attempts/{attempt.public_id}/upload/{slot}/",
            {"file": SimpleUploadedFile(name, body, "text/csv")},
            headers={"X-Lantoa": "sit"} if headers is None else headers,
        )


def test_a_file_is_kept_and_named_for_the_answer(attempt: Attempt) -> None:
    told = hand_in(device(attempt), attempt)
    assert told.status_code == 200
    kept = Upload.objects.get()
    assert told.json() == {"upload": str(kept.public_id), "name": "bai.csv", "size": len(SHEET)}
    assert (kept.attempt_id, kept.slot) == (attempt.pk, 0)


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [("bai.exe", SHEET, "Chỉ nhận tệp .csv"), ("bai.csv", b"", "Tệp rỗng"),
     ("bai.csv", b"<html><script>", "")],
)  # fmt: skip
def test_what_the_checks_refuse_is_refused_in_words(
    attempt: Attempt, name: str, body: bytes, words: str
) -> None:
    told = hand_in(device(attempt), attempt, name=name, body=body)
    assert told.status_code == 422
    assert words in told.json()["sentence"]
    assert not Upload.objects.exists()


def test_a_late_file_and_one_from_a_fenced_device_stay_out(attempt: Attempt) -> None:
    late = hand_in(device(attempt), attempt, minute=31)
    assert (late.status_code, "hết giờ" in late.json()["sentence"]) == (409, True)
    assert hand_in(device(attempt), attempt, minute=30).status_code == 200
    Attempt.objects.update(epoch=2)
    fenced = hand_in(device(attempt), attempt)
    assert (fenced.status_code, "máy khác" in fenced.json()["sentence"]) == (409, True)
    with clock.fixed(DURING + timedelta(minutes=2)):
        submit_attempt(actor=None, attempt=attempt)
    assert "đã nộp" in hand_in(device(attempt, 2), attempt).json()["sentence"]
    assert Upload.objects.count() == 1


def test_while_the_clock_stands_files_come_in(attempt: Attempt) -> None:
    Attempt.objects.update(paused_at=DURING)
    assert hand_in(device(attempt), attempt, minute=500).status_code == 200


@pytest.mark.parametrize("slot", [10, 9999])
def test_only_slots_that_take_files(attempt: Attempt, slot: int) -> None:
    told = hand_in(device(attempt), attempt, slot=slot)
    assert (told.status_code, "không nhận tệp" in told.json()["sentence"]) == (409, True)


def test_nobody_fills_the_disk(attempt: Attempt) -> None:
    for _ in range(MOST_PER_SLOT):
        assert hand_in(device(attempt), attempt).status_code == 200
    assert "quá nhiều tệp" in hand_in(device(attempt), attempt).json()["sentence"]


def test_without_the_attempts_own_token_there_is_no_way_in(
    attempt: Attempt, signed_in: SignedIn, make_person: MakePerson, commune: Unit, world: World
) -> None:
    told = hand_in(Client(), attempt)
    assert (told.status_code, told.json()["error"]) == (401, "no_token")
    other = device(attempt)
    other.cookies[tokens.places(attempt.public_id)[1][0]] = tokens.issue(UUID(int=1), attempt.pk, 1)
    assert hand_in(other, attempt).status_code == 401
    # Another site's form sends the cookie at most, never the header.
    assert hand_in(device(attempt), attempt, headers={}).status_code == 401
    stranger = signed_in(make_person("Trần Văn Bình", commune))
    assert hand_in(stranger, attempt).status_code == 404
    own = signed_in(world.person)
    assert hand_in(own, attempt).status_code == 200
    own.handler.enforce_csrf_checks = True
    assert hand_in(own, attempt).status_code == 403
    assert Upload.objects.count() == 1


def test_a_large_file_passes_the_gate_with_the_attempts_token_only(attempt: Attempt) -> None:
    path = f"/exams/attempts/{attempt.public_id}/upload/0/"
    name, _path = tokens.places(attempt.public_id)[1]
    good = f"{name}={tokens.issue(attempt.public_id, attempt.pk, 1)}".encode()
    assert limit_of(path, good) == HANDED_IN
    assert limit_of(path, b"a=b; " + good) == HANDED_IN
    assert limit_of(path, good[:-1]) == SIGNED_OUT
    assert limit_of(path, b"") == SIGNED_OUT
    assert limit_of(f"/exams/attempts/{UUID(int=1)}/upload/0/", good) == SIGNED_OUT
    assert limit_of(path.replace("upload/0/", "plain/"), good) == SIGNED_OUT
