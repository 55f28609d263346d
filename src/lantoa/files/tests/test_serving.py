import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lantoa.files import fast
from lantoa.files.actions import store_upload
from lantoa.files.links import signed_url
from lantoa.files.models import StoredFile
from lantoa.files.rules import DOCUMENTS, VIDEOS
from lantoa.files.tests.samples import MP4, PDF, upload
from lantoa.kernel import clock

NOON = datetime(2026, 3, 2, 5, 10, tzinfo=UTC)


@pytest.fixture
def video(db: None) -> StoredFile:
    return store_upload(upload=upload("Bài 1.mp4", MP4), allowed=VIDEOS, actor=None)


def fetch(path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Through the ASGI application, as the event loop calls it."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        if sent:
            await asyncio.sleep(60)  # a reader who stays says nothing more
        return {"type": "http.request"}

    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": raw}
    asyncio.run(fast.application(scope, receive, send))
    got = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    assert not sent[-1].get("more_body")
    return sent[0]["status"], got, b"".join(m.get("body", b"") for m in sent[1:])


def test_a_video_plays_in_the_page_and_can_be_sought(video: StoredFile) -> None:
    status, headers, body = fetch(signed_url(video))
    assert (status, body) == (200, MP4)
    assert headers["content-type"] == "video/mp4"
    assert headers["content-disposition"].startswith("inline; filename*=UTF-8''B%C3%A0i%201.mp4")
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    status, headers, body = fetch(signed_url(video), range="bytes=4-7")
    assert (status, body) == (206, b"ftyp")
    assert headers["content-range"] == f"bytes 4-7/{len(MP4)}"


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ("bytes=0-0", 206, MP4[:1]),
        ("bytes=600-", 206, MP4[600:]),
        ("bytes=-5", 206, MP4[-5:]),
        ("bytes=-99999", 206, MP4),
        ("bytes=0-99999", 206, MP4),
        ("bytes=99999-", 416, b""),
        ("bytes=9-3", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=-", 200, MP4),
        ("bytes=0-" + "9" * 5000, 200, MP4),
        ("bytes=0-1,4-5", 200, MP4),
        ("pages=1-2", 200, MP4),
    ],
)
def test_ranges(video: StoredFile, asked: str, status: int, expected: bytes) -> None:
    got, headers, body = fetch(signed_url(video), range=asked)
    assert (got, body) == (status, expected)
    assert headers["content-length"] == str(len(expected))


def test_who_breaks_off_is_not_read_for_any_longer(
    video: StoredFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast, "CHUNK", 1)
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        while len(sent) < 4:
            await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "GET", "path": signed_url(video), "headers": []}
    asyncio.run(fast.application(scope, receive, send))
    assert 4 <= len(sent) < len(MP4) / 2


def test_a_known_copy_is_not_sent_again(video: StoredFile) -> None:
    etag = f'"{video.sha256}"'
    assert fetch(signed_url(video), if_none_match=etag)[0] == 304
    assert fetch(signed_url(video), range="bytes=0-1", if_range=etag)[0] == 206
    assert fetch(signed_url(video), range="bytes=0-1", if_range='"old"')[0] == 200


def test_documents_are_saved_not_shown(db: None) -> None:
    stored = store_upload(upload=upload('kế "hoạch".pdf', PDF), allowed=DOCUMENTS, actor=None)
    assert fetch(signed_url(stored))[1]["content-disposition"].startswith("attachment;")


def test_links_expire_and_cannot_be_altered(video: StoredFile) -> None:
    with clock.fixed(NOON):
        url = signed_url(video)
    with clock.fixed(NOON + timedelta(minutes=15)):
        assert signed_url(video) == url, "one address within half an hour: caches hold"
    with clock.fixed(NOON + timedelta(hours=2)):
        assert fetch(url)[0] == 200
    with clock.fixed(NOON + timedelta(hours=2, minutes=31)):
        assert fetch(url)[0] == 404
    with clock.fixed(NOON):
        token = url.split("/")[3]
        altered = ("A" if token[0] != "A" else "B") + token[1:]
        assert fetch(url.replace(token, altered))[0] == 404
        assert fetch("/files/m/nothing")[0] == 404
        assert fetch("/files/m/../../etc/passwd")[0] == 404
        assert fetch(url, method="POST")[0] == 405


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {}),
        ("HEAD", {}),
        ("GET", {"range": "bytes=3-9"}),
        ("GET", {"range": "bytes=99999-"}),
        ("GET", {"if-none-match": "*"}),
        ("DELETE", {}),
    ],
)
def test_django_and_the_event_loop_answer_alike(
    video: StoredFile, client: Client, method: str, headers: dict[str, str]
) -> None:
    url = signed_url(video)
    slow = client.generic(method, url, headers={**headers, "accept-encoding": "gzip"})
    status, fast_headers, body = fetch(
        url, method, **{k.replace("-", "_"): v for k, v in headers.items()}
    )
    assert (slow.status_code, slow.getvalue()) == (status, body)
    for name, value in fast_headers.items():
        assert slow.headers[name] == value, name
