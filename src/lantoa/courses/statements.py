"""Between steps of a lesson and xAPI statements: how we write them, how we read them back."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from lantoa.courses.models import Registration
from lantoa.courses.rules.progress import Step
from lantoa.records import activity_types as types
from lantoa.records.models import Statement

OF_KIND = {
    "text": types.FILE,
    "video": types.MEDIA,
    "document": types.FILE,
    "question": types.QUESTION,
}


def iri(key: UUID) -> str:
    return f"urn:uuid:{key}"


def statement(
    registration: Registration, course_key: UUID, step: Step, kind: str = ""
) -> Statement:
    """The statement of a step; `kind` is the activity's."""
    about_lesson = step.activity is None
    around = {"grouping": [{"id": iri(course_key)}]}
    if step.activity is not None:
        around["parent"] = [{"id": iri(step.lesson)}]
    return Statement(
        actor_id=registration.person_id,
        verb=step.verb,
        object_id=iri(step.activity or step.lesson),
        object_type=types.LESSON if about_lesson else OF_KIND.get(kind, ""),
        result=dict(step.result),
        context={"contextActivities": around},
        registration=registration.key,
        timestamp=step.at,
    )


def course_statement(registration: Registration, course_key: UUID, verb: str, at: Any) -> Statement:
    return Statement(
        actor_id=registration.person_id,
        verb=verb,
        object_id=iri(course_key),
        object_type=types.COURSE,
        registration=registration.key,
        timestamp=at,
    )


def steps_of(statements: Iterable[Statement]) -> Iterator[Step]:
    """The steps in these statements; what is about the whole course is passed over."""
    for said in statements:
        if said.object_type == types.COURSE:
            continue
        parents = _parents(said.context)
        yield Step(
            verb=said.verb,
            lesson=parents[0] if parents else _key(said.object_id),
            activity=_key(said.object_id) if parents else None,
            at=said.timestamp,
            result=said.result,
        )


def _parents(context: Mapping[str, Any]) -> list[UUID]:
    around = context.get("contextActivities", {})
    return [_key(parent["id"]) for parent in around.get("parent", [])]


def _key(name: str) -> UUID:
    return UUID(name.removeprefix("urn:uuid:"))
