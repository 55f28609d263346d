"""A small bank: the 2022 syllabus, and items of it."""

from collections.abc import Callable, Iterator

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from lantoa.files.models import StoredFile
from lantoa.frameworks.actions import load_presets
from lantoa.frameworks.models import Node
from lantoa.items.actions import NewItem, create_items
from lantoa.items.models import ItemVersion
from lantoa.items.queries import images
from lantoa.items.sql import guard, unguard
from lantoa.items.tests.drawing import keep_files
from lantoa.items.tests.samples import Content, single
from lantoa.people.models import Unit

__all__ = ["Content", "FillBank", "single"]

FillBank = Callable[..., list[ItemVersion]]


@pytest.fixture
def topics(db: None) -> dict[str, Node]:
    load_presets(actor=None)
    nodes = Node.objects.filter(framework__code="lanh-dao-xa-2022", kind="topic")
    return {node.code: node for node in nodes}


@pytest.fixture
def fill_bank(topics: dict[str, Node]) -> FillBank:
    """fill_bank(unit, "t1", "basic", 5) → five approved exam items."""

    def fill(unit: Unit, topic: str, level: str, count: int) -> list[ItemVersion]:
        new = [NewItem("single_choice", single(n), topics[topic], level) for n in range(count)]
        return create_items(actor=None, unit=unit, items=new, approve=True)

    return fill


@pytest.fixture
def author(province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    person = make_person("Nguyễn Văn An", province)
    grant(person, "author", province)
    return signed_in(person)


@pytest.fixture
def examiner(province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    person = make_person("Lê Thị Bình", province)
    grant(person, "examiner", province)
    return signed_in(person)


@pytest.fixture(autouse=True)
def _no_files_of_other_tests() -> Iterator[None]:
    images._known.clear()
    yield
    images._known.clear()


@pytest.fixture
def files(db: None) -> dict[str, StoredFile]:
    """The files that `samples` speak of: an image and a spreadsheet."""
    return keep_files()


@pytest.fixture
def neighbour(
    other_commune: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn
) -> Client:
    """An examiner of a commune beside; rights reach down, not sideways or up."""
    person = make_person("Phạm Văn Cường", other_commune)
    grant(person, "examiner", other_commune)
    return signed_in(person)


@pytest.fixture
def learner(commune: Unit, make_person: MakePerson, signed_in: SignedIn) -> Client:
    return signed_in(make_person("Trần Thị Dung", commune))


def typed(topic: Node, **change: str) -> dict[str, str]:
    return {
        "stem": "Việc nào làm trước?\n\nChọn một.",
        "option_0": "Hẹn lại",
        "option_1": "Hướng dẫn ngay",
        "answer": "1",
        "explanation": "",
        "topic": str(topic.pk),
        "level": "basic",
        "purpose": "exam",
        **change,
    }


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def rewritten(versions: QuerySet[ItemVersion], content: Content) -> None:
    """A version's words set by hand, which the database refuses to everybody else."""
    with connection.cursor() as cursor:
        for statement in unguard(connection.vendor):
            cursor.execute(statement)
        versions.update(content=content)
        for statement in guard(connection.vendor):
            cursor.execute(statement)
