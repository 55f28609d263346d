"""Who sees what: the holder, a coordinator, one beside, anybody with the link."""

import io
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from lantoa.audit.models import Event
from lantoa.certificates.actions.issue import issue_certificate
from lantoa.certificates.actions.revoke import revoke_certificate
from lantoa.certificates.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def holder(commune: Any, make_person: Any) -> Any:
    return make_person("Nguyễn Thị Ổn", commune, birth_date="1980-09-05")


@pytest.fixture
def certificate(holder: Any, enrol: Any) -> Certificate:
    holder.refresh_from_db()
    issued = issue_certificate(enrolment=enrol(holder), actor=None)
    assert issued is not None
    return issued


@pytest.fixture
def clerk(province: Any, make_person: Any, grant: Any) -> Any:
    person = make_person("Vũ Thị Cúc", province)
    grant(person, "coordinator", province)
    return person


def test_the_holder_downloads_a_pdf_with_the_numbers(
    certificate: Certificate, holder: Any, signed_in: Any
) -> None:
    answer = signed_in(holder).get(reverse("certificates:pdf", args=[certificate.pk]))
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert answer["Content-Type"] == "application/pdf"
    for shown in ("Nguyễn Thị Ổn", certificate.serial, "05/09/1980", "Độc lập"):
        assert shown in text


@pytest.mark.parametrize("page", ["pdf", "certificate", "revoke"])
def test_another_communes_coordinator_finds_nothing(
    page: str, certificate: Certificate, other_commune: Any, make_person: Any, grant: Any,
    signed_in: Any,
) -> None:  # fmt: skip
    beside = make_person("Đỗ Văn Dũng", other_commune)
    grant(beside, "coordinator", other_commune)
    url = reverse(f"certificates:{page}", args=[certificate.pk])
    assert signed_in(beside).get(url).status_code == 404
    if page == "revoke":
        assert signed_in(beside).post(url, {"reason": "x"}).status_code == 404


def test_nobody_signed_out_reads_the_register(certificate: Certificate) -> None:
    for name, words in (("certificates", []), ("mine", []), ("pdf", [certificate.pk])):
        assert Client().get(reverse(f"certificates:{name}", args=words)).status_code == 302


def test_anybody_with_the_link_sees_whether_it_is_valid(
    certificate: Certificate, clerk: Any
) -> None:
    url = reverse("certificates:check", args=[certificate.token])
    assert "Giấy chứng nhận có giá trị" in Client().get(url).content.decode()
    revoke_certificate(certificate=certificate, reason="Khai sai đơn vị", actor=clerk.user)
    page = Client().get(url).content.decode()
    assert "Giấy chứng nhận đã bị thu hồi" in page
    assert "Khai sai đơn vị" in page


def test_who_looks_up_a_revoked_number_reads_so_first(
    certificate: Certificate, clerk: Any, holder: Any, signed_in: Any
) -> None:
    """By number too, and where to look when it was issued anew."""
    revoke = reverse("certificates:revoke", args=[certificate.pk])
    signed_in(clerk).post(revoke, {"reason": "Sai họ tên", "reissue": "1"})
    new = Certificate.objects.standing().get()
    ways = (
        reverse("certificates:check", args=[certificate.token]),
        f"{reverse('certificates:look_up')}?serial={certificate.serial}",
    )
    for way in ways:
        page = Client().get(way).content.decode()
        told = page.partition("<h1")[2]
        assert told.partition("</h1>")[0].endswith("Giấy chứng nhận đã bị thu hồi")
        assert "Sai họ tên" in told
        assert f'?serial={new.serial}">{new.serial}</a>' in told
        assert new.token not in page
    page = Client().get(reverse("certificates:look_up"), {"serial": new.serial}).content.decode()
    assert "Giấy chứng nhận có giá trị</h1>" in page
    assert (
        "Anh/chị đã được cấp giấy chứng nhận"
        in signed_in(holder).get(reverse("notices:notices")).content.decode()
    )


def test_an_unknown_code_says_so() -> None:
    answer = Client().get(reverse("certificates:check", args=["khong-co"]))
    assert answer.status_code == 404
    assert "Không có giấy chứng nhận này" in answer.content.decode()


def test_a_serial_shows_a_masked_name_only(certificate: Certificate) -> None:
    page = Client().get(reverse("certificates:look_up"), {"serial": certificate.serial.lower()})
    assert "N. T. Ổn" in page.content.decode()
    assert "Nguyễn Thị Ổn" not in page.content.decode()


@pytest.mark.parametrize(
    ("born", "number", "found"),
    [
        ("05/09/1980", "1/{year}", True),
        ("1980-09-05", "{serial}", True),
        ("06/09/1980", "{serial}", False),
        ("05/09/1980", "2/{year}", False),
    ],
)
def test_name_birth_and_a_number_together_find_it(
    born: str, number: str, found: bool, certificate: Certificate
) -> None:
    told = number.format(serial=certificate.serial, year=certificate.register.year)
    asked = {"name": "nguyen thi on", "birth_date": born, "number": told}
    answer = Client().get(reverse("certificates:look_up"), asked)
    assert (answer.status_code == 302) is found
    assert found or "Không tìm thấy" in answer.content.decode()


def test_a_wrong_date_keeps_what_was_typed() -> None:
    asked = {"name": "Lê Văn An", "birth_date": "31/02/1980", "number": "1/2026"}
    page = Client().get(reverse("certificates:look_up"), asked).content.decode()
    assert "Ghi ngày sinh theo dạng ngày/tháng/năm" in page
    assert 'value="Lê Văn An"' in page


def test_looking_up_is_limited() -> None:
    url = reverse("certificates:look_up")
    answers = [Client().get(url, {"serial": f"LT-{n}"}) for n in range(31)]
    assert [answer.status_code for answer in answers].count(429) == 1
    assert "thử lại sau 10 phút" in answers[-1].content.decode()
    assert answers[-1]["Retry-After"] == "600"


def test_a_coordinator_searches_exports_and_revokes(
    certificate: Certificate, clerk: Any, signed_in: Any
) -> None:
    client = signed_in(clerk)
    url = reverse("certificates:certificates")
    assert "Nguyễn Thị Ổn" in client.get(url, {"q": "thi on"}).content.decode()
    assert "Nguyễn Thị Ổn" not in client.get(url, {"q": "bao"}).content.decode()
    book = load_workbook(io.BytesIO(client.get(url, {"format": "xlsx"}).getvalue()))
    sheet = book.worksheets[0]
    assert [c.value for c in sheet[2]][1:4] == [
        f"1/{certificate.register.year}",
        certificate.serial,
        "Nguyễn Thị Ổn",
    ]
    assert Event.objects.get(action="certificates.export_register").data == {"count": 1}
    revoke = reverse("certificates:revoke", args=[certificate.pk])
    assert "Hãy điền mục này" in client.post(revoke, {"reason": ""}).content.decode()
    assert client.post(revoke, {"reason": "Nhầm người", "revoke": "1"}).status_code == 302
    assert client.get(revoke).status_code == 404
    page = client.get(reverse("certificates:certificate", args=[certificate.pk])).content.decode()
    history = page[page.index("Lịch sử") :]
    assert "Cấp giấy chứng nhận</p>" in history
    assert "Thu hồi giấy chứng nhận</p>" in history
    assert "Nhầm người" in history


def test_the_register_takes_few_queries(
    certificate: Certificate, clerk: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(clerk)
    with django_assert_max_num_queries(12):
        client.get(reverse("certificates:certificates"))


def test_approval_issues_only_what_is_in_reach(
    programme: Any, holder: Any, enrol: Any, clerk: Any, signed_in: Any, other_commune: Any,
    make_person: Any, grant: Any,
) -> None:  # fmt: skip
    programme.certificate_rule = "approved"
    programme.save()
    enrolment = enrol(holder)
    beside = make_person("Đỗ Văn Dũng", other_commune)
    grant(beside, "coordinator", other_commune)
    url = reverse("certificates:approve")
    signed_in(beside).post(url, {"enrolment": [enrolment.pk]})
    assert Certificate.objects.count() == 0
    assert (
        "Nguyễn Thị Ổn" in signed_in(clerk).get(reverse("certificates:approval")).content.decode()
    )
    signed_in(clerk).post(url, {"enrolment": [enrolment.pk]})
    assert Certificate.objects.get().holder_name == "Nguyễn Thị Ổn"
