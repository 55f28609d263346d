"""What a marker has before them: the question, the answer without a name, the criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import UUID

import msgspec

from lantoa.exams.models import Attempt, Mark, Marking, Upload
from lantoa.exams.queries.marking import alias_of
from lantoa.exams.queries.scored import Scorer
from lantoa.exams.rules.marking import Criterion, criteria
from lantoa.files.links import signed_url
from lantoa.files.models import StoredFile


@dataclass(frozen=True)
class Handed:
    """A file to download, under the alias: the name that the candidate gave it may be their own."""

    name: str
    size: int
    url: str


@dataclass(frozen=True)
class MarkSheet:
    mark: Mark
    marking: Marking
    alias: str
    content: Mapping[str, Any]
    criteria: Sequence[Criterion]
    text: str
    file: Handed | None
    given_out: Sequence[Handed]

    @property
    def words(self) -> int:
        return len(self.text.split())


def sheet_for(mark: Mark) -> MarkSheet:
    """The caller has authorised the mark."""
    marking = Marking.objects.get(attempt=mark.attempt_id, slot=mark.slot)
    alias = alias_of(mark.attempt.public_id)
    (now,) = Scorer().now([mark.attempt])
    place = now.paper[mark.slot]
    item = now.bundle.content["items"][place[0]]
    content = now.bundle.arranged(place)
    response = msgspec.json.decode(now.responses.get(mark.slot, "null"))
    return MarkSheet(
        mark=mark,
        marking=marking,
        alias=alias,
        content=content,
        criteria=criteria(content.get("rubric") or (), item["points"]),
        text=response if isinstance(response, str) else "",
        file=_handed_in(mark.attempt, response, alias),
        given_out=_given_out(content),
    )


def _handed_in(attempt: Attempt, response: Any, alias: str) -> Handed | None:
    if not isinstance(response, dict):
        return None
    try:
        public_id = UUID(str(response.get("upload")))
    except ValueError:
        return None
    upload = Upload.objects.select_related("file").filter(attempt=attempt, public_id=public_id)
    if (found := upload.first()) is None:
        return None
    name = f"{alias}{PurePath(found.file.name).suffix}"
    # The same bytes under another name: a link says all that serving needs.
    anonymous = StoredFile(
        name=name, media_type=found.file.media_type, sha256=found.file.sha256, size=found.file.size
    )
    return Handed(name, found.file.size, signed_url(anonymous, download=True))


def _given_out(content: Mapping[str, Any]) -> list[Handed]:
    named = {str(each["file"]): each["name"] for each in content.get("files") or ()}
    found = StoredFile.objects.filter(public_id__in=list(named))
    return [
        Handed(named[str(each.public_id)], each.size, signed_url(each, download=True))
        for each in found
    ]
