"""Everybody's first page in the middle of a cohort: says what is so, leads on, asks little."""

import re
from html import unescape

import pytest
from conftest import SignedIn
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lantoa.accounts.models import User
from lantoa.demo import cast
from lantoa.exams.models import Attempt
from lantoa.programmes.models import Enrolment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built")]
QUERIES = 12
EMAILS = (cast.ADMINISTRATOR_EMAIL, *(member.email for member in cast.SIGN_INS))


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found
    return unescape(found[1]).strip()


def home_of(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def primary(page: str) -> tuple[str, str]:
    """Address and words of the one primary action under the heading."""
    found = re.findall(r'<a class="ds-button" href="([^"]+)">([^<]+)</a>', page)
    assert len(found) == 1, found
    url, words = found[0]
    return url, words


@pytest.mark.parametrize("email", EMAILS)
def test_each_role_is_met_within_twelve_queries(
    email: str, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(User.objects.get(email=email))
    home_of(client)  # the idle lock notes the session's activity once a minute
    with django_assert_max_num_queries(QUERIES):
        home_of(client)


def test_the_learner_goes_on_where_they_stopped(signed_in: SignedIn) -> None:
    client = signed_in(User.objects.get(email=cast.LEARNER.email))
    page = home_of(client)
    assert heading(page) == "Chào bà Hằng, còn 3 chuyên đề nữa"
    url, words = primary(page)
    assert words == "Học tiếp"
    assert client.get(url).status_code == 200
    assert "2/5 hoàn thành" in page
    assert "Mở khi học xong các chuyên đề" in page
    assert "Chỉ tiêu của" in page
    assert "Hạn hoàn thành" in page  # a notice


def test_the_certified_find_their_certificate(signed_in: SignedIn) -> None:
    page = home_of(signed_in(User.objects.get(email=cast.COMMUNE_COORDINATOR.email)))
    assert heading(page) == "Chào ông Tuấn, chương trình đã hoàn thành"
    assert "Tải về (PDF)" in page
    assert "Công việc của anh/chị" in page
    assert "/people/persons/" in page


@pytest.mark.parametrize("member", [cast.COORDINATOR, cast.LEADER], ids=lambda m: m.key)
def test_who_has_nothing_to_learn_sees_how_their_unit_stands(
    member: cast.Member, signed_in: SignedIn
) -> None:
    client = signed_in(User.objects.get(email=member.email))
    page = home_of(client)
    done = Enrolment.objects.filter(completed_at__isnull=False).values("person").distinct().count()
    assert heading(page) == f"Tỉnh Thái Nguyên: {done} trên 60 người đã hoàn thành"
    assert client.get(primary(page)[0]).status_code == 200


def test_a_test_under_way_is_resumed(signed_in: SignedIn) -> None:
    attempt = Attempt.objects.filter(submitted_at=None).select_related("candidate__person__user")[0]
    user = attempt.candidate.person.user
    assert user is not None
    page = home_of(signed_in(user))
    assert "bài kiểm tra đang chờ làm tiếp" in heading(page)
    assert primary(page) == (f"/exams/attempts/{attempt.public_id}/", "Làm tiếp bài kiểm tra")


def test_after_a_failed_attempt_the_test_stays_open(signed_in: SignedIn) -> None:
    enrolment = Enrolment.objects.filter(
        candidacies__attempts__result__passed=False,
        completed_at=None,
        cohort__name__startswith="Đợt 1",
    ).select_related("person__user")[0]
    assert enrolment.person.user is not None
    page = home_of(signed_in(enrolment.person.user))
    assert "còn bài kiểm tra cuối khóa" in heading(page)
    assert primary(page)[1] == "Vào bài kiểm tra"
    assert "Còn 2 lần làm bài" in page


def test_who_is_late_is_told_so(signed_in: SignedIn) -> None:
    enrolment = Enrolment.objects.filter(
        completed_at=None, cohort__name__startswith="Đợt thí điểm", person__user__isnull=False
    ).exclude(person__enrolments__cohort__name__startswith="Đợt 1")[0]
    assert enrolment.person.user is not None
    assert "đã quá hạn từ" in home_of(signed_in(enrolment.person.user))


def test_the_page_reads_in_english(signed_in: SignedIn) -> None:
    client = signed_in(User.objects.get(email=cast.LEARNER.email))
    client.cookies["django_language"] = "en"
    assert heading(home_of(client)) == "Hello Ms Hằng, 3 topics to go"
