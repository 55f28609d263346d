"""The first administrator: by the printed token once, or by the command."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from lantoa.accounts.models import User
from lantoa.accounts.setup import pending_setup_token
from lantoa.installation.queries import this_installation
from lantoa.people.models import Unit
from lantoa.people.permissions import administrator_ids

VALUES = {
    "agency_name": "Sở Khoa học và Công nghệ tỉnh Thái Nguyên",
    "display_name": "Trần Văn Minh",
    "email": "Minh@thainguyen.example",
    "password": "mot-cau-de-nho-2026",
    "again": "mot-cau-de-nho-2026",
}


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path, country: Unit) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def address(token: str | None) -> str:
    assert token
    return f"/accounts/setup?token={token}"


def test_the_token_makes_one_administrator_once(client: Client, data: Path) -> None:
    token = pending_setup_token()
    assert token
    assert token not in (data / "setup-token").read_text()
    assert (data / "setup-token").stat().st_mode & 0o077 == 0
    page = client.get(address(token)).content.decode()
    assert "Lập quản trị hệ thống đầu tiên" in page
    response = client.post(address(token), VALUES)
    assert response.status_code == 302
    user = User.objects.get()
    assert administrator_ids() == {user.pk}
    assert user.email == "minh@thainguyen.example"
    assert this_installation().agency_name == VALUES["agency_name"]
    assert client.get("/system/")["Location"] == "/accounts/2fa/activate/"
    assert client.get("/accounts/2fa/activate/").status_code == 200
    assert Client().get(address(token)).status_code == 404
    assert Client().post(address(token), {**VALUES, "email": "b@c.example"}).status_code == 404
    assert pending_setup_token() is None


@pytest.mark.parametrize("query", ["", "?token=", "?token=sai"])
def test_without_the_token_there_is_no_page(client: Client, query: str) -> None:
    pending_setup_token()
    assert client.get(f"/accounts/setup{query}").status_code == 404
    assert client.post(f"/accounts/setup{query}", VALUES).status_code == 404
    assert not User.objects.exists()


def test_a_new_start_makes_a_new_token(client: Client) -> None:
    old = pending_setup_token()
    new = pending_setup_token()
    assert client.get(address(old)).status_code == 404
    assert client.get(address(new)).status_code == 200


def test_a_poor_form_keeps_what_was_typed_and_the_token(client: Client) -> None:
    token = pending_setup_token()
    page = client.post(address(token), {**VALUES, "password": "ngan", "again": "ngan"})
    assert 'value="Trần Văn Minh"' in page.content.decode()
    assert not User.objects.exists()
    assert client.post(address(token), VALUES).status_code == 302


def command(*words: str) -> str:
    out = StringIO()
    call_command("create_admin", *words, stdout=out)
    return out.getvalue()


def test_the_command_prints_a_code_that_opens_the_account(client: Client) -> None:
    found = re.search(r"\w{5}-\w{5}", command("--email", "minh@thainguyen.example"))
    assert found
    client.post("/accounts/activate", {"code": found[0]})
    values = {"password": VALUES["password"], "again": VALUES["again"]}
    client.post("/accounts/activate/password", values)
    assert administrator_ids() == {int(client.session["_auth_user_id"])}
    assert "đã kích hoạt" in command("--email", "minh@thainguyen.example")
    assert User.objects.count() == 1


def test_the_command_takes_nobody_elses_account_over(db: None) -> None:
    User.objects.create(display_name="Nguyễn Văn An", email="an@phudinh.example")
    with pytest.raises(CommandError, match="không phải quản trị"):
        command("--email", "an@phudinh.example")
    with pytest.raises(CommandError, match="không đúng"):
        command("--email", "an")
