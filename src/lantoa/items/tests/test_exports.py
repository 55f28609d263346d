"""Items going out: what can't be carried is said before, and that they went out is written down."""

import json
from typing import Any

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from lantoa.audit.models import Event
from lantoa.frameworks.models import Node
from lantoa.items.exchange import FORMATS
from lantoa.items.models import Item
from lantoa.items.tests.conftest import FillBank
from lantoa.people.models import Unit


@pytest.fixture
def author(province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    person = make_person("Nguyễn Văn An", province)
    grant(person, "author", province)
    return signed_in(person)


@pytest.fixture
def neighbour(
    other_commune: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn
) -> Client:
    person = make_person("Phạm Văn Cường", other_commune)
    grant(person, "author", other_commune)
    return signed_in(person)


def preview(client: Client, **query: Any) -> str:
    answer = client.get(reverse("items:export"), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def download(client: Client, form: str, query: str = "") -> Any:
    return client.post(reverse("items:export_download"), {"form": form, "query": query})


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_filtered_goes_out_and_comes_back(
    province: Unit, fill_bank: FillBank, author: Client, name: str
) -> None:
    fill_bank(province, "t1", "basic", 3)
    fill_bank(province, "t2", "advanced", 2)
    assert "Xuất 5 câu hỏi" in preview(author)
    shown = preview(author, level="advanced", form=name)
    assert "2 câu có trong tệp" in shown
    answer = download(author, name, "level=advanced")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    form = FORMATS[name]
    read = form.read(answer.content, f"a.{form.extensions[0]}")
    assert [row.problems for row in read.rows] == [[], []]
    event = Event.objects.get(action="items.export_exchange")
    assert (event.data["count"], event.data["form"]) == (2, name)


def test_what_a_format_cannot_carry_is_said_before(
    province: Unit, fill_bank: FillBank, author: Client
) -> None:
    versions = fill_bank(province, "t1", "basic", 40)
    shown = preview(author, form="aiken")
    assert "Phần giải thích không đi theo" in shown
    assert f"Câu {versions[0].item_id}" in shown
    assert "và 10 câu khác" in shown
    assert not Event.objects.filter(action="items.export_exchange").exists()
    assert "giữ được mọi nội dung" in preview(author, form="moodle_xml")


def test_ticked_items_only(province: Unit, fill_bank: FillBank, author: Client) -> None:
    versions = fill_bank(province, "t1", "basic", 3)
    chosen = [versions[0].item_id, versions[2].item_id]
    assert "Xuất 2 câu hỏi đã chọn" in preview(author, item=chosen)
    answer = download(author, "gift", f"item={chosen[0]}&item={chosen[1]}&item=x")
    assert answer.content.count(b"::") == 4


def test_what_is_out_of_reach_does_not_go_out(
    province: Unit, fill_bank: FillBank, neighbour: Client
) -> None:
    (version,) = fill_bank(province, "t1", "basic", 1)
    assert "Không có câu hỏi nào để xuất" in preview(neighbour, item=version.item_id)
    answer = download(neighbour, "gift", f"item={version.item_id}")
    assert answer.status_code == 302
    assert not Event.objects.filter(action="items.export_exchange").exists()
    assert download(neighbour, "no-such-form").status_code == 404


def test_the_bank_leads_here(province: Unit, fill_bank: FillBank, author: Client) -> None:
    fill_bank(province, "t1", "basic", 1)
    shown = author.get("/items/?level=basic").content.decode()
    assert "/items/import/new/" in shown
    assert "/items/export/?level=basic" in shown


def test_the_command_writes_a_file(
    province: Unit,
    topics: dict[str, Node],
    fill_bank: FillBank,
    tmp_path: Any,
    capsys: Any,
) -> None:
    fill_bank(province, "t1", "basic", 2)
    fill_bank(province, "t2", "basic", 1)
    file = tmp_path / "ra.xml"
    call_command(
        "export_items", str(file), "--unit", province.code, "--format", "moodle_xml",
        "--topic", "t1", "--json",
    )  # fmt: skip
    told = json.loads(capsys.readouterr().out)
    assert (told["count"], told["notes"]) == (2, [])
    assert file.read_bytes().count(b"multichoice") == 2
    Item.objects.update(state="draft")
    call_command("export_items", str(file), "--unit", province.code, "--state", "approved")
    assert "0 trên 0" in capsys.readouterr().out
