from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from lantoa.people.models import Person
from lantoa.records import activity_types, verbs
from lantoa.records.actions import append
from lantoa.records.models import AppendOnly, Statement
from lantoa.records.queries import statement_json, statements_in, statements_of
from lantoa.records.rules import InvalidStatement

LESSON = "urn:uuid:0190b6a0-0000-7000-8000-000000000001"


@pytest.fixture
def learner(make_person: Any, commune: Any) -> Person:
    person: Person = make_person("Ma Thị Hồng", commune, phone="0912345678")
    return person


def said(learner: Person, **values: Any) -> Statement:
    return Statement(actor=learner, **{"verb": verbs.PASSED, "object_id": LESSON, **values})


def test_a_statement_reads_as_xapi_without_personal_data(
    learner: Person, settings: Settings
) -> None:
    settings.BASE_URL = "https://hoc.example.vn"
    key = uuid4()
    append(
        [
            said(
                learner,
                object_type=activity_types.LESSON,
                result={"score": {"scaled": 0.8}, "success": True},
                context={"contextActivities": {"grouping": [{"id": "urn:uuid:" + str(key)}]}},
                registration=key,
            )
        ]
    )
    read = statement_json(Statement.objects.get())
    assert UUID(read["id"]).version == 7
    assert read["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": "https://hoc.example.vn", "name": str(learner.pk)},
    }
    assert read["verb"]["id"] == "http://adlnet.gov/expapi/verbs/passed"
    assert read["verb"]["display"]["vi"] == "đạt"
    assert read["object"]["definition"] == {"type": activity_types.LESSON}
    assert read["result"]["score"]["scaled"] == 0.8
    assert read["context"]["registration"] == str(key)
    assert read["context"]["contextActivities"]
    assert read["timestamp"].endswith("Z")
    assert read["version"] == "1.0.0"
    assert "Hồng" not in str(read)
    assert "0912345678" not in str(read)


@pytest.mark.parametrize(
    "wrong",
    [
        {"verb": "passed"},
        {"object_id": "lesson 1"},
        {"object_id": ""},
        {"result": {"points": 3}},
        {"result": {"score": {"scaled": 80}}},
        {"result": {"extensions": {"position": 3}}},
    ],
)
def test_what_is_not_xapi_is_refused_with_its_whole_batch(
    learner: Person, wrong: dict[str, Any]
) -> None:
    with pytest.raises(InvalidStatement):
        append([said(learner), said(learner, **wrong)])
    assert not Statement.objects.exists()


def test_nothing_recorded_is_changed_or_removed(learner: Person) -> None:
    append([said(learner)])
    with pytest.raises(AppendOnly):
        Statement.objects.update(verb=verbs.FAILED)
    with pytest.raises(AppendOnly):
        Statement.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_statement SET verb = 'x:y'")
    statement = Statement.objects.get()
    statement.verb = verbs.FAILED
    with pytest.raises(DatabaseError), transaction.atomic():
        statement.save()
    assert Statement.objects.get().verb == verbs.PASSED


def test_one_id_is_recorded_once(learner: Person) -> None:
    statement = said(learner)
    append([statement])
    with pytest.raises(DatabaseError), transaction.atomic():
        append([said(learner, id=statement.pk)])
    assert Statement.objects.count() == 1


def test_reading_by_person_and_by_registration(
    learner: Person, make_person: Any, commune: Any
) -> None:
    other, key = make_person("Lý A Sính", commune), uuid4()
    first, second = (
        said(learner, registration=key),
        said(learner, registration=key, verb=verbs.FAILED),
    )
    append([first, second, said(other)])
    assert list(statements_of(learner)) == [second, first]
    assert list(statements_in([key])) == [first, second]
