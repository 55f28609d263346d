"""No page falls over what somebody writes into its address."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from lantoa.accounts.middleware import SECOND_FACTOR_SEEN
from lantoa.accounts.models import User
from lantoa.demo import cast

from .conftest import Province
from .doors import Door, plain_doors, rooms
from .rows import fill_for, learners_own

ODD = (
    "'\"<>\x00",
    "999999999999999999999",
    "-1",
    "²",
    "{{7*7}}%s",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "31/02/2026",
    "0000-00-00",
    "a" * 5000,
)
# These tell apart what is read as number or text; the others come all at once.
ALONE = (ODD[1], ODD[3])
IN_SOURCE = re.compile(r'(?:GET|params|data)\.get\("(\w+)"')
IN_PAGE = re.compile(r'[?;&]([a-z_]+)=|name="([a-z_]+)"')
SOURCE = Path(__file__).resolve().parents[2] / "src" / "lantoa"
LEFT_OUT = {"csrfmiddlewaretoken", "viewport"}
FELL = 500

pytestmark = pytest.mark.django_db


def _client(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
        session = client.session
        session[SECOND_FACTOR_SEEN] = True
        session.save()
    return client


def _visitors(at: Province) -> dict[str, Client]:
    users = {str(member.label): at.user(member) for member in cast.SIGN_INS}
    users |= {"nobody": at.nobody, "sat": learners_own(at)}
    return {"anonymous": _client(None)} | {name: _client(user) for name, user in users.items()}


def _page(client: Client, url: str) -> str:
    answer = client.get(url)
    return "" if answer.streaming else answer.content.decode(errors="replace")


def _names(url: str, page: str) -> list[str]:
    module = inspect.getmodule(inspect.unwrap(resolve(url).func))
    said = set(IN_SOURCE.findall(inspect.getsource(module))) if module else set()
    said |= {name for pair in IN_PAGE.findall(page) for name in pair if name}
    return sorted(said - LEFT_OUT)


def _names_anywhere() -> set[str]:
    """What any view reads: forms and queries further down read addresses too."""
    files = (path for path in SOURCE.rglob("*.py") if "tests" not in path.parts)
    return {name for path in files for name in IN_SOURCE.findall(path.read_text())}


def _urls(at: Province) -> Iterator[tuple[Door, str]]:
    for door in plain_doors():
        yield door, door.url({})
    for door in rooms():
        if fill := fill_for(door):
            yield door, door.url(fill(at))


def test_no_page_falls_over_odd_parameters(province: Province) -> None:
    administrator, others = _client(province.administrator), _visitors(province)
    everything, fell = _names_anywhere(), []
    for door, url in list(_urls(province)):
        if door.name in ("account_logout", "accounts:idle"):
            continue
        names = _names(url, _page(administrator, url))
        asked = [dict.fromkeys([*names, *everything], odd) for odd in ODD]
        asked += [{name: odd} for name in names for odd in ALONE]
        for parameters in asked:
            if administrator.get(url, parameters).status_code >= FELL:
                fell.append((door.name, parameters))
        for name, client in others.items() if not door.asks else ():
            if client.get(url, dict.fromkeys(names, ODD[1])).status_code >= FELL:
                fell.append((door.name, {"asked by": name}))
    assert "\n".join(map(str, fell)) == ""


def test_no_number_is_too_large_for_a_path(province: Province) -> None:
    administrator, fell = _client(province.administrator), []
    for door in rooms():
        if fill := fill_for(door):
            values = {k: 10**30 if isinstance(v, int) else v for k, v in fill(province).items()}
            for method in ("get", "post"):
                if getattr(administrator, method)(door.url(values)).status_code >= FELL:
                    fell.append((method, door.name))
    assert "\n".join(map(str, fell)) == ""


@pytest.mark.parametrize("odd", ODD[:5])
def test_no_form_falls_over_odd_fields(odd: str, province: Province) -> None:
    """Every form as the administrator finds it, each field filled in with the same odd words."""
    administrator = _client(province.administrator)
    fell = []
    for door, url in list(_urls(province)):
        if door.name.startswith(("account", "mfa")):
            continue
        names = re.findall(r'name="([\w.-]+)"', _page(administrator, url))
        names += _names(url, "")
        names += re.findall(r'POST\.get(?:list)?\("(\w+)"', _source(url))
        with transaction.atomic():  # each form meets the province as it was
            answer = administrator.post(url, dict.fromkeys(names, odd))
            transaction.set_rollback(True)
        if answer.status_code >= FELL:
            fell.append(door.name)
    assert "\n".join(map(str, fell)) == ""


def _source(url: str) -> str:
    module = inspect.getmodule(inspect.unwrap(resolve(url).func))
    return inspect.getsource(module) if module else ""
