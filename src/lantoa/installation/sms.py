"""Short messages, as the system page says: a file, or a POST to the provider's HTTP gateway.

The gateway gets JSON `{"to": "0912…", "text": "…"}` with `Authorization: Bearer <token>`, over
https with a checked certificate, no redirects, and must answer 2xx within ten seconds.
"""

import json
import ssl
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from django.utils.translation import gettext as _

from lantoa.installation import outbox
from lantoa.installation.errors import NotSent
from lantoa.installation.models import Installation
from lantoa.installation.queries import this_installation
from lantoa.installation.rules import is_https_url
from lantoa.installation.secrets import opened

SECONDS = 10


class NoRedirects(HTTPRedirectHandler):
    """A gateway that sends us elsewhere would carry the token and the code with it."""

    def redirect_request(self, *arguments: Any, **options: Any) -> None:
        return None


def send_sms(*, to: str, body: str) -> None:
    """Raises NotSent."""
    deliver(this_installation(), to=to, body=body)


def deliver(installation: Installation, *, to: str, body: str) -> None:
    if installation.sms_transport == Installation.SmsTransport.FILE:
        outbox.write_sms(to, body)
        return
    if not is_https_url(installation.sms_url):
        raise NotSent(
            _("Địa chỉ cổng tin nhắn phải bắt đầu bằng https:// và không là mạng nội bộ.")
        )
    _post(installation, {"to": to, "text": body})


def _post(installation: Installation, payload: dict[str, str]) -> None:
    request = Request(  # noqa: S310  https only, checked above
        installation.sms_url,
        data=json.dumps(payload).encode(),
        method="POST",
        headers={
            "Authorization": f"Bearer {opened(installation.sms_token_encrypted)}",
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Lan-Toa",
        },
    )
    opener = build_opener(
        ProxyHandler({}), NoRedirects(), HTTPSHandler(context=ssl.create_default_context())
    )
    try:
        with opener.open(request, timeout=SECONDS) as response:
            response.read(1000)
    except HTTPError as error:
        raise NotSent(_sentence(error.code)) from error
    except (URLError, HTTPException, OSError) as error:
        raise NotSent(
            _("Không kết nối được với cổng tin nhắn: xem lại địa chỉ và tường lửa.")
        ) from error


def _sentence(status: int) -> str:
    if status in (401, 403):
        return _("Cổng tin nhắn không nhận mã truy cập này.")
    if 300 <= status < 400:
        return _("Cổng tin nhắn chuyển hướng sang địa chỉ khác; hãy ghi thẳng địa chỉ cuối.")
    if status == 429:
        return _("Cổng tin nhắn báo gửi quá nhanh.")
    return _("Cổng tin nhắn trả lời mã %(status)d.") % {"status": status}
