"""What the header of every page shows of the account."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.idle import idle_minutes, is_held
from lantoa.accounts.models import User


def account(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_authenticated:
        return {"sign_in_url": reverse("account_login")}
    back = urlencode({"next": request.get_full_path()})
    idle = {
        "seconds": idle_minutes(user) * 60,
        "url": f"{reverse('accounts:idle')}?{back}",
        "alive_url": reverse("accounts:alive"),
    }
    return {
        "account_menu": {
            "name": user.display_name,
            "links": [_link(request, name, label) for name, label in _links()],
            "sign_out_url": reverse("account_logout"),
        },
        "idle_lock": None if is_held(request.session) else idle,
    }


def _links() -> tuple[tuple[str, str], ...]:
    return (
        ("accounts:account", _("Tài khoản của tôi")),
        ("accounts:sessions", _("Thiết bị đang đăng nhập")),
        ("home_export", _("Dữ liệu của tôi")),
    )


def _link(request: HttpRequest, name: str, label: str) -> dict[str, Any]:
    url = reverse(name)
    return {"label": label, "url": url, "current": request.path == url}
