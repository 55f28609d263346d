"""Another unit's rows don't exist: every view, GET and POST, by who is asking."""

from collections.abc import Callable
from datetime import date

import pytest
from conftest import Grant, SignedIn
from django.test import Client
from django.urls import reverse

from lantoa.accounts.models import ActivationCode
from lantoa.audit.models import Event
from lantoa.people.models import Person, Qualification, RoleGrant, Unit
from lantoa.people.urls import urlpatterns

UNIT = (
    "unit", "unit-children", "unit-add", "unit-edit", "unit-end", "qualifications",
    "qualifications-export",
)  # fmt: skip
PERSON = (
    "person", "person-edit", "transfer", "leave", "come-back", "renew-code", "grant",
    "qualification-add",
)  # fmt: skip
QUALIFICATION = ("qualification-edit", "qualification-remove")
GRANT = ("withdraw",)
OPEN = (
    "units", "unit-options", "persons", "persons-export", "person-add", "issue-codes", "roles",
    "role-pick",
)  # fmt: skip
OF_ONES_OWN_JOB = ("persons-sheet",)  # tested with the list's export
POST_ONLY = ("come-back", "renew-code", "issue-codes")
GET_ONLY = ("unit", "unit-children", "person", "qualifications", "qualifications-export")
ONLY = {"get": POST_ONLY, "post": GET_ONLY}
Address = Callable[[str], str]


@pytest.fixture
def standing(learner: Person, commune: Unit, grant: Grant) -> RoleGrant:
    return grant(learner, "author", commune)


@pytest.fixture
def address(commune: Unit, learner: Person, standing: RoleGrant) -> Address:
    """The address of a page about the commune, somebody in it or their grant."""
    ids = dict.fromkeys(UNIT, commune.pk) | dict.fromkeys(PERSON, learner.pk)
    ids |= dict.fromkeys(GRANT, standing.pk)
    held = Qualification.objects.create(person=learner, level=3, subject="CNTT")
    ids |= dict.fromkeys(QUALIFICATION, held.pk)

    def of(name: str) -> str:
        return reverse(f"people:{name}", args=[ids[name]] if name in ids else [])

    return of


def test_every_page_is_tested_here() -> None:
    named = {pattern.name for pattern in urlpatterns if hasattr(pattern, "name")}
    ours = {name for name in named if name and "roster" not in name}
    assert ours == {*UNIT, *PERSON, *QUALIFICATION, *GRANT, *OPEN, *OF_ONES_OWN_JOB}


@pytest.mark.parametrize("name", [*UNIT, *PERSON, *QUALIFICATION, *GRANT])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_a_neighbour_nothing_is_there(
    name: str, method: str, address: Address, neighbour: Person, signed_in: SignedIn
) -> None:
    events = Event.objects.count()
    response = getattr(signed_in(neighbour), method)(address(name))
    # A page that takes only one method says so to everybody alike.
    assert response.status_code == (405 if name in ONLY[method] else 404)
    assert Event.objects.count() == events


@pytest.mark.parametrize("name", [*UNIT, *PERSON, *QUALIFICATION, *GRANT, *OPEN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_a_learner_no_page_is_there(
    name: str, method: str, address: Address, learner: Person, standing: RoleGrant,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    assert getattr(signed_in(learner), method)(address(name)).status_code == 404


@pytest.mark.parametrize("name", [*UNIT, *PERSON, *QUALIFICATION, *GRANT, *OPEN])
def test_strangers_are_asked_to_sign_in(name: str, address: Address) -> None:
    for response in (Client().get(address(name)), Client().post(address(name))):
        assert response.status_code == 302
        assert "/login" in response["Location"] or "next=" in response["Location"]


@pytest.mark.parametrize("name", [*UNIT, *PERSON, *QUALIFICATION, *GRANT, *OPEN])
@pytest.mark.parametrize("who", ["coordinator", "provincial", "administrator"])
def test_those_who_keep_the_register_see_the_pages(
    name: str, who: str, address: Address, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    person: Person = request.getfixturevalue(who)
    expected = 405 if name in POST_ONLY else 200
    if name == "unit-end" and who != "administrator":
        expected = 404  # communes end by law, not by their coordinator
    assert signed_in(person).get(address(name)).status_code == expected


def test_a_neighbour_finds_nobody_in_lists(
    neighbour: Person, coordinator: Person, learner: Person, signed_in: SignedIn
) -> None:
    client = signed_in(neighbour)
    for url in ("/people/persons/", "/people/persons/?q=dat", "/people/roles/",
                "/people/roles/pick?q=dat", "/people/units/?q=phu+dinh",
                "/people/units/options?unit=phu+dinh", "/people/units/"):  # fmt: skip
        text = client.get(url).content.decode()
        assert "Hoàng Văn Đạt" not in text
        assert "Nguyễn Thị Hằng" not in text
        assert "Phú Đình" not in text, url


def test_a_neighbour_gets_no_codes_for_others(
    neighbour: Person, learner: Person, signed_in: SignedIn
) -> None:
    data = {"person": [learner.pk], "scope": "chosen", "confirmed": "1"}
    response = signed_in(neighbour).post(reverse("people:issue-codes"), data)
    assert "Chưa chọn ai" in response.content.decode()
    assert not ActivationCode.objects.exists()


def test_a_neighbour_cannot_pull_people_over(
    neighbour: Person, coordinator: Person, other_commune: Unit, commune: Unit, learner: Person,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    """Nor can a coordinator push theirs out of their own reach, or name a unit beside it."""
    client = signed_in(coordinator)
    data = {"unit": other_commune.code, "title": "", "on_date": "01/03/2026"}
    response = client.post(reverse("people:transfer", args=[learner.pk]), data)
    assert "Không có đơn vị này trong phạm vi" in response.content.decode()
    learner.refresh_from_db()
    assert learner.unit == commune
    new = {"unit": other_commune.code, "given_name": "An", "specialism": "none"}
    response = client.post(reverse("people:person-add"), new)
    assert "Không có đơn vị này trong phạm vi" in response.content.decode()
    role = {"role": "author", "unit": other_commune.code, "starts_on": "01/03/2026"}
    response = client.post(reverse("people:grant", args=[learner.pk]), role)
    assert "Không có đơn vị này trong phạm vi" in response.content.decode()
    assert Person.objects.filter(unit=other_commune).count() == 1


@pytest.mark.usefixtures("neighbour")
def test_filters_by_a_unit_out_of_reach_show_nobody(
    coordinator: Person, other_commune: Unit, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    page = client.get(reverse("people:persons"), {"unit": other_commune.code}).content.decode()
    assert "Trần Văn Minh" not in page
    assert "Không có đơn vị này" in page
    export = client.get(reverse("people:persons-export"), {"unit": other_commune.code})
    assert export.status_code == 302


def test_a_grant_that_ended_opens_nothing(
    commune: Unit, learner: Person, signed_in: SignedIn
) -> None:
    assert learner.user is not None
    RoleGrant.objects.create(
        user=learner.user,
        role="coordinator",
        unit=commune,
        starts_on=date(2020, 1, 1),
        ends_on=date(2020, 12, 31),
    )
    assert signed_in(learner).get(reverse("people:persons")).status_code == 404
