"""How numbers, shares, dates and names are written on screen. Pure but for the active language."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOTHING = "–"

Number = int | float | Decimal


def dong(amount: int | None) -> str:
    """Whole đồng, on one line: 1500000 → "1.500.000 đ"."""
    return NOTHING if amount is None else gettext("%(amount)s đ") % {"amount": number(amount)}


def number(value: Number | None, digits: int | None = None) -> str:
    """1234.5 → "1.234,5" (English screens: "1,234.5"); None → an en dash.

    `digits` fixes the decimals; without it whole numbers have none and others at most two.
    """
    if value is None:
        return NOTHING
    if isinstance(value, int) and not digits:  # nearly every cell of a long table
        return _separators(f"{value:,}".replace("-", "\u2212"))
    exact = Decimal(str(value))
    places = digits if digits is not None else min(2, _places(exact))
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,.{places}f}"
    if digits is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return _separators(text.replace("-", "\u2212") if rounded else text.lstrip("-"))


def percent(share: Number | None, digits: int = 1) -> str:
    """0.728 → "72,8%"; 1 → "100%". Never rounds up to 100% or down to 0% what is not there yet."""
    if share is None:
        return NOTHING
    exact = Decimal(str(share)) * 100
    step = Decimal(1).scaleb(-digits)
    rounded = exact.quantize(step, ROUND_HALF_UP)
    if exact < 100 <= rounded:
        rounded = 100 - step
    elif rounded <= 0 < exact:
        rounded = step
    return f"{number(rounded.normalize())}%"


def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy, in Vietnam's time."""
    if value is None:
        return NOTHING
    return f"{_local(value):%d/%m/%Y}"


def minute(value: datetime | None) -> str:
    """dd/mm/yyyy HH:MM, in Vietnam's time: for tables."""
    if value is None:
        return NOTHING
    return f"{_local(value):%d/%m/%Y %H:%M}"


def moment(value: datetime | None) -> str:
    """Like 17:00 ngày 30/09/2022: for sentences, such as the line under a page's heading."""
    if value is None:
        return NOTHING
    parts = {"time": f"{_local(value):%H:%M}", "date": day(value)}
    return gettext("%(time)s ngày %(date)s") % parts


def duration(seconds: int | None) -> str:
    """3900 → "1 giờ 5 phút"; under a minute → "dưới 1 phút"."""
    if seconds is None:
        return NOTHING
    hours, minutes = divmod(seconds // 60, 60)
    if hours and minutes:
        return gettext("%(hours)d giờ %(minutes)d phút") % {"hours": hours, "minutes": minutes}
    if hours:
        return gettext("%(hours)d giờ") % {"hours": hours}
    if minutes:
        return gettext("%(minutes)d phút") % {"minutes": minutes}
    return gettext("dưới 1 phút")


def size(octets: int | None) -> str:
    """1536000 → "1,5 MB"."""
    if octets is None:
        return NOTHING
    amount = Decimal(octets)
    for unit in ("B", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{number(amount, 0 if unit == 'B' or amount >= 100 else 1)} {unit}"
        amount /= 1000
    raise AssertionError("unreachable")


def initials(name: str) -> str:
    """Two letters for an avatar: họ and tên ("Nguyễn Thị Hằng" → "NH")."""
    words = name.split()
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def _local(value: date | datetime) -> date:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(VIETNAM)
    return value


def _places(exact: Decimal) -> int:
    exponent = exact.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _separators(text: str) -> str:
    if (get_language() or "vi").startswith("en"):
        return text
    return text.translate(str.maketrans(",.", ".,"))
