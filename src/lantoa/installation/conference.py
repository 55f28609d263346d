"""BigBlueButton: rooms on the agency's own conference server, by its HTTP API.

Each call is a GET whose query carries a checksum made with the shared secret (`rules.signed`); each
answer is a small XML document. Only the configured server is asked: no redirects, no proxy from the
environment, a checked certificate, five seconds of silence and ten in all, two megabytes.
"""

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from lantoa.installation.answers import Recording, RoomInfo, read, recordings, room_info
from lantoa.installation.errors import ConferenceFailed, NotSent
from lantoa.installation.queries import this_installation
from lantoa.installation.rules import api_of, is_conference_url, signed
from lantoa.installation.secrets import opened
from lantoa.installation.sms import NoRedirects

SILENT_SECONDS, ALL_SECONDS = 5, 10
MOST_BYTES = 2_000_000
NO_ROOM = {"notFound", "invalidMeetingIdentifier"}
THERE_ALREADY = "idNotUnique"


@dataclass(frozen=True)
class Conference:
    """A server. Every method that asks it raises ConferenceFailed."""

    url: str
    secret: str

    def __repr__(self) -> str:
        return f"Conference({self.url})"

    def check(self) -> None:
        """It answers, and takes the secret."""
        self._ask("getMeetings", {})

    def create(self, room: str, *, name: str, leave_to: str, minutes: int) -> None:
        """Make the room; one that is there already stays as it is. People who leave it come to
        `leave_to`. The moderator may record."""
        values = {
            "meetingID": room,
            "name": name[:250],
            "logoutURL": leave_to,
            "record": "true",
            "autoStartRecording": "false",
            "duration": str(minutes),
        }
        self._ask("create", values, fine=frozenset({THERE_ALREADY}))

    def join_url(self, room: str, *, user: str, name: str, moderator: bool) -> str:
        """For one person's browser; good for whoever has it, so it is shown to nobody else."""
        values = {
            "meetingID": room,
            "fullName": name[:250],
            "userID": user,
            "role": "MODERATOR" if moderator else "VIEWER",
        }
        return f"{api_of(self.url)}/join?{signed('join', values, self.secret)}"

    def is_running(self, room: str) -> bool:
        answer = self._ask("isMeetingRunning", {"meetingID": room})
        return (answer.findtext("running") or "").strip() == "true"

    def info(self, room: str) -> RoomInfo:
        """Who is in. A room that isn't there, or no longer, is empty."""
        return room_info(self._ask("getMeetingInfo", {"meetingID": room}, fine=NO_ROOM))

    def end(self, room: str) -> None:
        """Everybody is sent out; one that is over already is no error."""
        self._ask("end", {"meetingID": room}, fine=NO_ROOM)

    def recordings(self, room: str) -> list[Recording]:
        """Published ones, in the order in which they were made."""
        values = {"meetingID": room, "state": "published"}
        return recordings(self._ask("getRecordings", values))

    def _ask(
        self, call: str, values: Mapping[str, str], fine: frozenset[str] | set[str] = frozenset()
    ) -> Element:
        if not is_conference_url(self.url):
            raise ConferenceFailed(_("Địa chỉ máy chủ phòng học phải bắt đầu bằng https://."))
        answer = read(_fetch(f"{api_of(self.url)}/{call}?{signed(call, values, self.secret)}"))
        key = (answer.findtext("messageKey") or "").strip()
        if (answer.findtext("returncode") or "").strip() == "SUCCESS" or key in fine:
            return answer
        if key == "checksumError":
            raise ConferenceFailed(_("Máy chủ phòng học không nhận khóa bí mật này."))
        if key in NO_ROOM:
            raise ConferenceFailed(_("Máy chủ phòng học không có phòng này."))
        words = {"key": key[:60] if key.isascii() and key.isalnum() else "?"}
        raise ConferenceFailed(_("Máy chủ phòng học từ chối (%(key)s).") % words)


def configured() -> Conference | None:
    """The installation's server, where there is one. Raises ConferenceFailed: its secret was sealed
    with another key."""
    row = this_installation()
    if not row.conference_url or not row.conference_secret_encrypted:
        return None
    try:
        return Conference(row.conference_url, opened(row.conference_secret_encrypted))
    except NotSent as error:
        raise ConferenceFailed(str(error)) from error


def is_configured() -> bool:
    row = this_installation()
    return bool(row.conference_url and row.conference_secret_encrypted)


def _fetch(url: str) -> bytes:
    request = Request(url, headers={"User-Agent": "Lan-Toa"})  # noqa: S310  checked by the caller
    opener = build_opener(
        ProxyHandler({}), NoRedirects(), HTTPSHandler(context=ssl.create_default_context())
    )
    until = time.monotonic() + ALL_SECONDS
    try:
        with opener.open(request, timeout=SILENT_SECONDS) as response:
            return _bounded(response, until)
    except HTTPError as error:
        raise ConferenceFailed(_said(error.code)) from None
    # The errors' own words repeat the address, and with it a checksum: they go no further.
    except (URLError, HTTPException, OSError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise ConferenceFailed(_sentence(reason)) from None


def _bounded(response: HTTPResponse, until: float) -> bytes:
    """A server that drips a byte now and then is silent too."""
    body = b""
    while piece := response.read1(65536):
        body += piece
        if len(body) > MOST_BYTES:
            raise ConferenceFailed(_("Máy chủ phòng học trả lời quá dài."))
        if time.monotonic() > until:
            raise TimeoutError
    return body


def _said(status: int) -> str:
    if 300 <= status < 400:
        return _("Máy chủ phòng học chuyển hướng sang địa chỉ khác; hãy ghi thẳng địa chỉ cuối.")
    if status == 404:
        return _("Ở địa chỉ này không có BigBlueButton: xem lại địa chỉ.")
    return _("Máy chủ phòng học trả lời mã %(status)d.") % {"status": status}


def _sentence(error: object) -> str:
    if isinstance(error, TimeoutError):
        return _("Máy chủ phòng học không trả lời: xem lại cổng và tường lửa.")
    if isinstance(error, ssl.SSLError):
        return _("Không lập được kết nối mã hóa với máy chủ phòng học: xem lại chứng thư của nó.")
    if isinstance(error, socket.gaierror):
        return _("Không tìm thấy máy chủ phòng học: xem lại tên máy chủ.")
    if isinstance(error, ConnectionRefusedError):
        return _("Máy chủ phòng học từ chối kết nối: xem lại cổng.")
    return _("Không kết nối được với máy chủ phòng học.")
