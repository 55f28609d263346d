"""How people are put on a page."""

from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lantoa.people.actions.person_columns import personal_number_of
from lantoa.people.models import Person
from lantoa.people.rules.persons import masked_number
from lantoa.web import formats


class AccountState(NamedTuple):
    name: str
    words: str
    color: str


@dataclass(frozen=True)
class PersonRow:
    person: Person
    birth: str
    number: str
    account: AccountState


def account_state(person: Person) -> AccountState:
    user = person.user
    if user is None:
        return AccountState("none", _("Chưa có tài khoản"), "neutral")
    if user.closed_at is not None:
        return AccountState("closed", _("Đã đóng"), "neutral")
    if user.activated_at is None:
        return AccountState("waiting", _("Chưa kích hoạt"), "warning")
    return AccountState("active", _("Đang dùng"), "success")


def person_row(person: Person) -> PersonRow:
    number = masked_number(personal_number_of(person))
    return PersonRow(person, person.born, number, account_state(person))


def person_facts(person: Person) -> list[tuple[str, object]]:
    """For those who keep the register: ethnicity stands here and nowhere else."""
    number = masked_number(personal_number_of(person))
    facts: list[tuple[str, object]] = [
        (_("Chức vụ, chức danh"), person.title),
        (_("Đối tượng"), person.get_category_display() if person.category else ""),
        (_("Lãnh đạo, quản lý"), _("Có") if person.is_leader else _("Không")),
        (_("Chuyên trách"), person.get_specialism_display()),
        (_("Ngày sinh"), person.born),
        (_("Giới tính"), person.get_sex_display() if person.sex else ""),
        (_("Dân tộc"), person.ethnicity),
        (_("Số điện thoại"), person.phone),
        (_("Thư điện tử"), person.email),
        (_("Số định danh cá nhân"), number),
        (_("Ghi chú"), person.note),
        (_("Vào danh sách từ"), formats.day(person.created_at)),
    ]
    return [(label, value or formats.NOTHING) for label, value in facts]


def account_facts(person: Person) -> list[tuple[str, object]]:
    user = person.user
    if user is None:
        return []
    ways = [user.phone, user.email]
    if user.personal_number_hash:
        ways.append(_("số định danh cá nhân"))
    return [
        (_("Đăng nhập bằng"), ", ".join(way for way in ways if way)),
        (_("Kích hoạt lúc"), formats.minute(user.activated_at)),
    ]


def kept(request: HttpRequest, *dropped: str) -> str:
    """The address's other parameters, to go on with."""
    query = request.GET.copy()
    for name in dropped:
        query.pop(name, None)
    return query.urlencode()
