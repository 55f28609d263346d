"""Ways in which somebody could reach further than they were given, as real requests."""

from datetime import date

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lantoa.people.models import Person, RoleGrant, Unit

pytestmark = pytest.mark.django_db


def _grant(client: Client, person: Person, role: str, unit: str) -> int:
    data = {"role": role, "unit": unit, "starts_on": "01/01/2026", "ends_on": ""}
    return client.post(reverse("people:grant", args=[person.pk]), data).status_code


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        ("administrator", "05440"),
        ("administrator", "19"),
        ("coordinator", "19"),
        ("coordinator", "VN"),
        ("leader", "05441"),
        ("root", "05440"),
        ("coordinator", "05440\0"),
    ],
)
def test_a_coordinator_gives_nothing_beyond_their_reach(
    role: str, unit: str, coordinator: Person, learner: Person, other_commune: Unit,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    before = RoleGrant.objects.count()
    for person in (coordinator, learner):
        assert _grant(signed_in(coordinator), person, role, unit) == 200  # the form again
    assert RoleGrant.objects.count() == before
    assert _grant(signed_in(coordinator), learner, "leader", "05440") == 302


def test_a_coordinator_withdraws_nothing_given_above(
    coordinator: Person, commune: Unit, province: Unit, make_person: MakePerson, grant: Grant,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    colleague = make_person("Lý Thị Sen", commune)
    above = grant(colleague, "coordinator", province)
    chief = grant(colleague, "administrator", commune)
    for held in (above, chief):
        signed_in(coordinator).post(reverse("people:withdraw", args=[held.pk]))
    assert not RoleGrant.objects.filter(withdrawn_at__isnull=False).exists()


def test_printed_slips_name_the_installations_address_not_the_requests(
    coordinator: Person, learner: Person, signed_in: SignedIn, settings: Settings
) -> None:
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://daotao.example", ["*"]
    url = reverse("people:renew-code", args=[learner.pk])
    page = signed_in(coordinator).post(url, headers={"Host": "evil.example"}).content.decode()
    assert "https://daotao.example/accounts/activate" in page
    assert "evil.example" not in page


def test_a_units_code_carries_no_line_breaks(
    coordinator: Person, commune: Unit, signed_in: SignedIn
) -> None:
    """It stands in the names of exported files, which are HTTP headers."""
    data = {"name": "Trường THCS Phú Đình", "code": 'H55"\r\nX-Evil: 1', "founded_on": ""}
    signed_in(coordinator).post(reverse("people:unit-add", args=[commune.pk]), data)
    assert Unit.objects.get(name="Trường THCS Phú Đình").code == 'H55" X-Evil: 1'


def test_markup_in_names_is_only_text(
    coordinator: Person, commune: Unit, make_person: MakePerson, signed_in: SignedIn
) -> None:
    bad = make_person('<img src=x onerror="a()"> Nguyễn Văn', commune, birth_date=date(1990, 1, 1))
    pages = [
        reverse("people:persons"),
        reverse("people:person", args=[bad.pk]),
        reverse("people:unit", args=[commune.pk]),
        reverse("people:role-pick") + "?q=" + "<img",
    ]
    for page in pages:
        assert "<img src=x" not in signed_in(coordinator).get(page).content.decode()
