"""The system pages: for administrators; for everybody else they don't exist."""

import io
from pathlib import Path

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.conf import settings
from django.core import mail as django_mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lantoa.audit.models import Event
from lantoa.installation import mail
from lantoa.installation.errors import NotSent
from lantoa.installation.models import Installation
from lantoa.installation.secrets import opened
from lantoa.people.models import Person, Unit

PAGES = ("/system/", "/system/mail", "/system/sms")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
SMTP = {
    "mail_transport": "smtp",
    "mail_from": "daotao@thainguyen.example",
    "smtp_host": "mail.thainguyen.example",
    "smtp_port": "587",
    "smtp_tls": "on",
    "smtp_user": "daotao",
    "password": "bi-mat-cua-thu",
}


@pytest.fixture
def chief(make_person: MakePerson, grant: Grant, province: Unit, country: Unit) -> Person:
    person = make_person("Trần Văn Minh", province)
    grant(person, "administrator", country)
    return person


@pytest.fixture
def system(signed_in: SignedIn, chief: Person) -> Client:
    return signed_in(chief)


@pytest.mark.parametrize("page", PAGES)
def test_who_may_see(
    page: str,
    system: Client,
    signed_in: SignedIn,
    make_person: MakePerson,
    grant: Grant,
    province: Unit,
) -> None:
    clerk = make_person("Lý Thị Hoa", province)
    grant(clerk, "coordinator", province)
    assert system.get(page).status_code == 200
    assert signed_in(clerk).get(page).status_code == 404
    below = make_person("Ma Văn Quý", province)
    grant(below, "administrator", province)
    assert signed_in(below).get(page).status_code == 404, "an administrator of a unit below"
    assert Client().get(page).status_code == 302


def test_the_system_is_in_the_menu_of_who_administers_everything(
    system: Client, signed_in: SignedIn, make_person: MakePerson, grant: Grant, province: Unit
) -> None:
    below = make_person("Ma Văn Quý", province)
    grant(below, "administrator", province)
    assert 'href="/system/"' in system.get("/").content.decode()
    home = signed_in(below).get("/").content.decode()
    assert 'href="/system/"' not in home
    assert "Vai trò" in home, "but gives roles in that unit"


def test_the_agency_stands_on_every_page(system: Client) -> None:
    values = {
        "agency_name": "Sở Khoa học và Công nghệ tỉnh Thái Nguyên",
        "responsible_person": "ông Trần Văn Minh",
        "help_contact": "0208 3855 000",
    }
    assert system.post("/system/", values).status_code == 302
    page = Client().get("/accounts/login/").content.decode()
    assert all(value in page for value in values.values())
    event = Event.objects.get(action="installation.change_agency")
    assert event.data == {"changed": ["agency_name", "help_contact", "responsible_person"]}


def test_a_logo_is_an_image(system: Client) -> None:
    logo = SimpleUploadedFile("logo.png", PNG, "image/png")
    assert system.post("/system/", {"agency_name": "Sở", "logo_file": logo}).status_code == 302
    assert "/files/m/" in Client().get("/accounts/login/").content.decode()
    wrong = SimpleUploadedFile("logo.exe", b"MZ", "application/octet-stream")
    page = system.post("/system/", {"agency_name": "Tên mới", "logo_file": wrong})
    assert page.status_code == 200
    assert 'value="Tên mới"' in page.content.decode(), "what was typed stays"
    assert Installation.objects.get().agency_name == "Sở", "nothing is half-applied"
    system.post("/system/logo/remove")
    assert Installation.objects.get().logo is None


def test_the_banner_is_seen_by_all_and_taken_away(system: Client) -> None:
    system.post("/system/banner", {"banner_text": "Bảo trì từ 22:00"})
    assert "Bảo trì từ 22:00" in Client().get("/accounts/login/").content.decode()
    system.post("/system/banner", {"banner_text": ""})
    assert "lt-banner" not in Client().get("/accounts/login/").content.decode()


def test_the_mail_password_is_encrypted_and_never_shown(system: Client) -> None:
    assert system.post("/system/mail", SMTP).status_code == 302
    row = Installation.objects.get()
    assert "bi-mat-cua-thu" not in row.smtp_password_encrypted
    assert opened(row.smtp_password_encrypted) == "bi-mat-cua-thu"
    assert "bi-mat-cua-thu" not in system.get("/system/mail").content.decode()
    assert "bi-mat" not in str(list(Event.objects.values_list("data", flat=True)))


def test_an_empty_password_keeps_the_stored_one_but_not_for_another_server(
    system: Client,
) -> None:
    system.post("/system/mail", SMTP)
    system.post("/system/mail", {**SMTP, "password": "", "smtp_port": "465"})
    row = Installation.objects.get()
    assert (row.smtp_port, opened(row.smtp_password_encrypted)) == (465, "bi-mat-cua-thu")
    page = system.post("/system/mail", {**SMTP, "password": "", "smtp_host": "khac.example"})
    assert "phải nhập lại mật khẩu" in page.content.decode()
    assert Installation.objects.get().smtp_host == "mail.thainguyen.example"


@pytest.mark.parametrize("missing", ["smtp_host", "mail_from"])
def test_smtp_needs_a_server_and_a_sender(system: Client, missing: str) -> None:
    page = system.post("/system/mail", {**SMTP, missing: ""})
    assert page.status_code == 200
    assert f'id="id_{missing}_error"' in page.content.decode()
    assert not Installation.objects.exists()


def test_sms_takes_only_an_https_gateway_with_its_token(system: Client) -> None:
    values = {"sms_transport": "http", "sms_url": "https://sms.example.vn/send", "token": "tok-1"}
    assert (
        "https://"
        in system.post(
            "/system/sms", {**values, "sms_url": "https://10.0.0.1/send"}
        ).content.decode()
    )
    assert system.post("/system/sms", {**values, "token": ""}).status_code == 200
    assert system.post("/system/sms", values).status_code == 302
    row = Installation.objects.get()
    assert opened(row.sms_token_encrypted) == "tok-1"
    moved = {**values, "sms_url": "https://khac.example.vn/", "token": ""}
    assert system.post("/system/sms", moved).status_code == 200


def outbox() -> list[Path]:
    return sorted(Path(settings.OUTBOX).glob("*"))


def test_the_test_button_writes_a_file_by_default(system: Client) -> None:
    page = system.post("/system/mail", {"test": "1", "try-to": "minh@thainguyen.example"})
    assert "Đã ghi thư thử" in page.content.decode()
    page = system.post("/system/sms", {"test": "1", "try-to": "0912 345 678"})
    assert "Đã ghi tin nhắn thử" in page.content.decode()
    assert sorted(path.suffix for path in outbox()) == [".eml", ".txt"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in outbox()), "codes lie in them"
    assert "minh" not in "".join(path.name for path in outbox())


def test_the_test_button_says_in_words_why_not(system: Client) -> None:
    Installation.objects.create(
        pk=1, mail_transport="smtp", smtp_host="127.0.0.1", smtp_port=9, mail_from="a@b.example"
    )
    page = system.post("/system/mail", {"test": "1", "try-to": "minh@thainguyen.example"})
    assert "Máy chủ thư từ chối kết nối" in page.content.decode()
    assert 'value="minh@thainguyen.example"' in page.content.decode()


def test_a_wrong_test_address_is_said_beside_the_field(system: Client) -> None:
    page = system.post("/system/mail", {"test": "1", "try-to": "minh"}).content.decode()
    assert 'id="id_try-to_error"' in page
    assert not outbox()


def test_mail_goes_out_from_the_agencys_address(db: None) -> None:
    installation = Installation(pk=1, mail_from="daotao@thainguyen.example")
    message = django_mail.EmailMessage("Chào", "Nội dung", to=["an@phudinh.example"])
    mail.deliver(installation, [message])
    text = outbox()[0].read_text()
    assert "From: daotao@thainguyen.example" in text
    assert "To: an@phudinh.example" in text


def test_a_secret_sealed_with_another_key_is_said_in_words(settings: object, db: None) -> None:
    row = Installation(pk=1, mail_transport="smtp", smtp_password_encrypted="gAAAA-khac")
    with pytest.raises(NotSent, match="Hãy nhập lại"):
        mail.deliver(row, [django_mail.EmailMessage("a", "b", to=["c@d.example"])])


def test_a_big_upload_of_nothing_is_no_logo(system: Client) -> None:
    empty = SimpleUploadedFile("logo.png", io.BytesIO().getvalue(), "image/png")
    page = system.post("/system/", {"agency_name": "Sở", "logo_file": empty})
    assert page.status_code == 200
    assert not Installation.objects.exists()
