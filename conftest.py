"""Fixtures that every test may use: a small tree of units, people in it, and who is asking."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from lantoa.accounts.middleware import SECOND_FACTOR_SEEN
from lantoa.accounts.models import User
from lantoa.items import papers
from lantoa.kernel import clock
from lantoa.kernel.names import sort_key, split_name
from lantoa.kernel.text import fold
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, RoleGrant, Unit

MakePerson = Callable[..., Person]
Grant = Callable[..., RoleGrant]
SignedIn = Callable[[Person | User], Client]

# How long an example takes says how busy the machine is, nothing of the code.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _fast_and_apart(settings: Settings, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.LANTOA_FIGURES_SECONDS = 0
    settings.LANTOA_BUNDLE_SECONDS = 0
    papers.forget()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.OUTBOX = tmp_path / "outbox"


@pytest.fixture
def country(db: None) -> Unit:
    return create_unit(actor=None, code="VN", kind="country", name="Việt Nam", parent=None)


@pytest.fixture
def province(country: Unit) -> Unit:
    return create_unit(
        actor=None, code="19", kind="province", name="Tỉnh Thái Nguyên", parent=country
    )


@pytest.fixture
def commune(province: Unit) -> Unit:
    return create_unit(
        actor=None, code="05440", kind="commune", name="Xã Phú Đình", parent=province
    )


@pytest.fixture
def other_commune(province: Unit) -> Unit:
    return create_unit(actor=None, code="05441", kind="commune", name="Xã Văn Hán", parent=province)


@pytest.fixture
def make_person(db: None) -> MakePerson:
    """make_person("Nguyễn Văn An", unit, phone="09…", activated=True) → Person with an account."""

    def make(
        name: str, unit: Unit, *, phone: str = "", activated: bool = True, **fields: object
    ) -> Person:
        family, middle, given = split_name(name)
        user = User(display_name=name, phone=phone or None)
        if activated:
            user.activated_at = clock.now()
            user.set_password("mat-khau-thu-123")
        else:
            user.set_unusable_password()
        user.save()
        return Person.objects.create(
            unit=unit,
            user=user,
            family_name=family,
            middle_name=middle,
            given_name=given,
            sort_key=sort_key(family, middle, given),
            search_key=fold(name),
            phone=phone,
            title_key=fold(str(fields.get("title", ""))),
            **fields,
        )

    return make


@pytest.fixture
def grant(db: None) -> Grant:
    """grant(person, "coordinator", unit) → a role from long ago without an end."""

    def give(person: Person, role: str, unit: Unit) -> RoleGrant:
        assert person.user is not None
        return RoleGrant.objects.create(
            user=person.user, role=role, unit=unit, starts_on=date(2020, 1, 1)
        )

    return give


@pytest.fixture
def signed_in() -> SignedIn:
    """A client signed in as a person (or user), past the second factor."""

    def make(who: Person | User) -> Client:
        client = Client()
        user = who.user if isinstance(who, Person) else who
        assert user is not None
        client.force_login(user)
        session = client.session
        session[SECOND_FACTOR_SEEN] = True
        session.save()
        return client

    return make
