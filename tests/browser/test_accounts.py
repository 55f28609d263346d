"""Coming in, and the account's and the system's own pages, as a person walks them."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from conftest import Grant, MakePerson
from playwright.sync_api import Page

from lantoa.accounts.actions import issue_activation_codes
from lantoa.accounts.models import User
from lantoa.notices.actions import notify
from lantoa.notices.models import Message
from lantoa.people.models import Person, Unit
from tests.browser.axe import overflow, small_targets, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "mat-khau-thu-123"
NEW = "mot-cau-de-nho-2026"


def looked_at(page: Page) -> None:
    assert violations(page) == []
    assert overflow(page) == 0
    assert small_targets(page) == []


def one_time_code(secret: str) -> str:
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def sign_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/?next=/accounts/")
    page.get_by_label("Số điện thoại").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()


@pytest.fixture
def hang(make_person: MakePerson, commune: Unit) -> Person:
    person = make_person("Nguyễn Thị Hằng", commune, phone="0912345678")
    assert person.user is not None
    User.objects.filter(pk=person.user.pk).update(email="hang.nguyen@phuluong.thainguyen.example")
    for cause in ("Đợt học “Chuyển đổi số cho lãnh đạo cấp xã” đã mở", "Còn 3 ngày là hết hạn"):
        notify(users=[person.user], cause=cause, title=cause, body="Trước 22/05/2022.")
    return person


def test_a_newcomer_comes_in_by_a_code(page: Page, make_person: MakePerson, commune: Unit) -> None:
    user = make_person("Hoàng Thị Mai", commune, phone="0933333333", activated=False).user
    assert user is not None
    code = issue_activation_codes(users=[user], actor=None)[user.pk]
    page.goto("/accounts/login/")
    looked_at(page)
    page.get_by_role("link", name="Kích hoạt tài khoản").click()
    page.get_by_label("Mã kích hoạt").fill("AAAAA-AAAAA")
    page.get_by_role("button", name="Tiếp tục").click()
    looked_at(page)
    page.get_by_label("Mã kích hoạt").fill(code.lower())
    page.get_by_role("button", name="Tiếp tục").click()
    looked_at(page)
    assert page.get_by_role("heading", name="Chào Hoàng Thị Mai").is_visible()
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
    with page.expect_navigation(url=lambda url: "/accounts/" not in url, wait_until="commit"):
        page.get_by_role("button", name="Bắt đầu").click()
    page.goto("/accounts/")
    assert page.get_by_role("heading", name="Hoàng Thị Mai").is_visible()


def test_a_wrong_password_and_a_forgotten_one(page: Page, hang: Person) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Số điện thoại").fill("0912345678")
    page.get_by_label("Mật khẩu").fill("sai")
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    assert (
        page.get_by_role("alert").inner_text().startswith("Tên đăng nhập hoặc mật khẩu chưa đúng")
    )
    looked_at(page)
    page.get_by_role("link", name="Quên mật khẩu").click()
    looked_at(page)
    page.get_by_label("Số điện thoại").fill("0912345678")
    page.get_by_role("button", name="Gửi mã").click()
    looked_at(page)
    page.goto("/accounts/idle?next=/accounts/&minutes=15")
    looked_at(page)


def test_the_accounts_own_pages(page: Page, hang: Person) -> None:
    sign_in(page, "0912345678")
    paths = (
        "/accounts/",
        "/accounts/sessions",
        "/accounts/password",
        "/accounts/email",
        "/accounts/phone",
        "/accounts/2fa/activate/",
        "/accounts/logout/",
        "/notices/",
    )
    for path in paths:
        page.goto(path)
        looked_at(page)


def test_an_administrator_sets_up_the_second_factor_and_the_system(
    page: Page, make_person: MakePerson, grant: Grant, province: Unit, country: Unit
) -> None:
    grant(make_person("Trần Văn Minh", province, phone="0911111111"), "administrator", country)
    Message.objects.create(
        channel="email",
        recipient="an@phudinh.example",
        subject="Nhắc hạn học tập",
        state="failed",
        error="Máy chủ thư không nhận địa chỉ này.",
    )
    sign_in(page, "0911111111")
    page.goto("/system/")
    assert "/accounts/2fa/activate/" in page.url
    page.get_by_text("Không quét được?").click()
    looked_at(page)
    secret = re.sub(r"\s", "", page.locator(".lt-break").inner_text())
    page.get_by_label("Mã 6 chữ số").fill(one_time_code(secret))
    page.get_by_role("button", name="Bật xác thực hai lớp").click()
    assert page.locator(".lt-code-list li").count() == 10
    looked_at(page)
    for path in ("/system/", "/system/mail", "/system/sms", "/notices/messages"):
        page.goto(path)
        looked_at(page)
    page.goto("/system/mail")
    page.get_by_label("Gửi thư thử đến").fill("minh@thainguyen.example")
    page.get_by_role("button", name="Gửi thử").click()
    looked_at(page)
    page.get_by_label("Máy chủ SMTP", exact=True).first.check()
    page.get_by_role("button", name="Lưu").click()
    looked_at(page)
