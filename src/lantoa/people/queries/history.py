"""Who did what to a row of this domain, in words."""

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.history import HistoryLine, history_lines
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.web import formats

LINES = 30


def unit_history(unit: Unit) -> list[HistoryLine]:
    return _lines(history_of(unit)[:LINES])


def person_history(person: Person) -> list[HistoryLine]:
    """The person's own events and those of their account, newest first."""
    own = history_of(person)[:LINES]
    account = history_of(person.user)[:LINES] if person.user else []
    events = sorted(chain(own, account), key=lambda event: event.at, reverse=True)
    return _lines(event for event in events[:LINES] if event.action in SUMMARIES)


def _lines(events: Iterable[Event]) -> list[HistoryLine]:
    kept = list(events)
    mentioned = {event.data.get(key) for event in kept for key in ("unit", "from", "to")}
    ids = [value for value in mentioned if isinstance(value, int)]
    units = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return history_lines(
        kept,
        lambda event: str(SUMMARIES.get(event.action, event.action)),
        lambda event: _note(event, units),
    )


def _note(event: Event, units: dict[int, str]) -> str:
    data, parts = event.data, []
    if "role" in data:
        parts.append(str(RoleGrant.Role(data["role"]).label))
    if "fields" in data:
        parts.append(", ".join(_field(name) for name in data["fields"]))
    places = [_place(data[key], units) for key in ("unit", "from", "to") if data.get(key)]
    parts += [" → ".join(places)] if places else []
    if data.get("on"):
        parts.append(
            gettext("từ ngày %(day)s") % {"day": formats.day(date.fromisoformat(data["on"]))}
        )
    if data.get("qualification"):
        parts.append(data["qualification"])
    if data.get("document"):
        parts.append(data["document"])
    return ", ".join(parts)


def _place(value: Any, units: dict[int, str]) -> str:
    return units.get(value, "") if isinstance(value, int) else str(value)


def _field(name: str) -> str:
    special = {"personal_number": gettext("Số định danh"), "name": gettext("Tên đơn vị")}
    for model in (Person, Unit):
        if name not in special and name in {f.name for f in model._meta.get_fields()}:
            return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return special.get(name, name)


SUMMARIES = {
    "people.create_unit": _("Lập đơn vị"),
    "people.rename_unit": _("Đổi tên"),
    "people.change_unit": _("Sửa thông tin đơn vị"),
    "people.move_unit": _("Chuyển sang đơn vị cấp trên khác"),
    "people.end_unit": _("Kết thúc đơn vị"),
    "people.receive_people": _("Tiếp nhận người của đơn vị kết thúc"),
    "people.reorganise": _("Sắp xếp đơn vị hành chính"),
    "people.load_units": _("Nạp danh mục đơn vị hành chính"),
    "people.add_person": _("Thêm vào danh sách"),
    "people.change_person": _("Sửa thông tin"),
    "people.transfer_person": _("Chuyển công tác"),
    "people.note_qualification": _("Ghi trình độ CNTT"),
    "people.change_qualification": _("Sửa trình độ CNTT"),
    "people.remove_qualification": _("Xóa trình độ CNTT"),
    "people.close_person": _("Thôi việc, đóng tài khoản"),
    "people.reopen_person": _("Trở lại, mở tài khoản"),
    "people.issue_codes": _("Cấp mã kích hoạt"),
    "people.grant_role": _("Giao vai trò"),
    "people.withdraw_role": _("Thu hồi vai trò"),
    "accounts.activate": _("Kích hoạt tài khoản"),
    "accounts.change_password": _("Đổi mật khẩu"),
    "accounts.reset_password": _("Lấy lại mật khẩu"),
    "accounts.add_second_factor": _("Bật xác thực hai lớp"),
    "accounts.remove_second_factor": _("Tắt xác thực hai lớp"),
}
