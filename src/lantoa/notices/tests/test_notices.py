"""Notices: told once, read by their owner only."""

import pytest
from conftest import MakePerson, SignedIn
from django.test import Client

from lantoa.accounts.models import User
from lantoa.notices.actions import notify
from lantoa.notices.models import Notice
from lantoa.people.models import Person, Unit


@pytest.fixture
def an(make_person: MakePerson, commune: Unit) -> Person:
    return make_person("Nguyễn Văn An", commune)


@pytest.fixture
def binh(make_person: MakePerson, commune: Unit) -> Person:
    return make_person("Trần Thị Bình", commune)


def tell(*persons: Person, cause: str = "cohort:1", url: str = "/accounts/") -> None:
    users: list[User] = [person.user for person in persons if person.user is not None]
    notify(users=users, cause=cause, title="Đợt học mới", body="Hạn 22/05/2022", url=url)


def test_the_same_is_told_once(an: Person, binh: Person) -> None:
    tell(an, binh)
    tell(an, binh)
    tell(an, cause="cohort:2")
    assert Notice.objects.count() == 3


def test_the_owner_reads_and_goes_where_it_leads(an: Person, signed_in: SignedIn) -> None:
    tell(an)
    client = signed_in(an)
    assert "1 thông báo chưa đọc" in client.get("/notices/").content.decode()
    notice = Notice.objects.get()
    assert client.get(f"/notices/{notice.pk}")["Location"] == "/accounts/"
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "Đã đọc hết" in client.get("/notices/").content.decode()


def test_others_notices_do_not_exist(an: Person, binh: Person, signed_in: SignedIn) -> None:
    tell(an)
    notice = Notice.objects.get()
    assert signed_in(binh).get(f"/notices/{notice.pk}").status_code == 404
    assert "Chưa có thông báo" in signed_in(binh).get("/notices/").content.decode()
    assert Client().get("/notices/").status_code == 302
    signed_in(binh).post("/notices/read")
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_at_once(an: Person, signed_in: SignedIn) -> None:
    tell(an)
    tell(an, cause="cohort:2")
    signed_in(an).post("/notices/read")
    assert not Notice.objects.filter(read_at__isnull=True).exists()


@pytest.mark.parametrize("url", ["", "https://evil.example/", "//evil.example", "javascript:1"])
def test_never_leads_off_the_site(an: Person, signed_in: SignedIn, url: str) -> None:
    tell(an, url=url)
    assert signed_in(an).get(f"/notices/{Notice.objects.get().pk}")["Location"] == "/notices/"


def test_the_header_counts_what_is_unread(an: Person, signed_in: SignedIn) -> None:
    tell(an)
    context = signed_in(an).get("/accounts/").context
    assert context["notices_bell"] == {"unread": 1, "url": "/notices/"}
