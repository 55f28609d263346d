from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.frameworks.models import Node
from lantoa.items.actions.alike import note_new_items
from lantoa.items.actions.describe_item import About
from lantoa.items.kinds import kind_of
from lantoa.items.models import Approval, Item, ItemVersion, Review
from lantoa.items.queries.images import stored_files
from lantoa.items.rules import InvalidContent, may_approve
from lantoa.kernel import clock
from lantoa.kernel.text import fold
from lantoa.people.models import Unit


@dataclass(frozen=True)
class NewItem:
    """One item for `create_items`; `content` has the shape that `kind` states."""

    kind: str
    content: Mapping[str, Any]
    topic: Node | None = None
    level: str = Item.Level.BASIC
    purpose: str = Item.Purpose.EXAM
    about: About = field(default_factory=About)


def prepared(kind: str, content: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The content made safe, and its search key. Raises InvalidContent with all that is wrong."""
    is_a = kind_of(kind)
    regular = is_a.clean(content)
    if problems := [*is_a.validate(regular), *_missing(is_a.files(regular))]:
        raise InvalidContent(problems)
    return regular, fold(is_a.text(regular))


def _missing(files: Sequence[str]) -> list[str]:
    found = stored_files(files) if files else {}
    return [] if len(found) == len(set(files)) else [_("Có hình hoặc tệp không còn; hãy chèn lại.")]


@transaction.atomic
def create_item(
    *,
    actor: User | None,
    unit: Unit,
    kind: str,
    content: Mapping[str, Any],
    topic: Node | None = None,
    level: str = Item.Level.BASIC,
    purpose: str = Item.Purpose.EXAM,
    about: About | None = None,
) -> ItemVersion:
    """Write a draft item and its first version. Raises InvalidContent."""
    new = NewItem(kind, content, topic, level, purpose, about or About())
    (version,) = _write(actor, unit, [new], approve=False)
    record(actor=actor, action="items.create_item", on=version.item, data={"kind": kind})
    return version


@transaction.atomic
def create_items(
    *, actor: User | None, unit: Unit, items: Sequence[NewItem], approve: bool = False
) -> list[ItemVersion]:
    """Write many at once, one audit event for the batch; all or none. Raises InvalidContent.

    `approve` is for what was judged before it came here: whoever brings it in answers for it, as
    its reviewer and its approver.
    """
    versions = _write(actor, unit, items, approve=approve)
    ids = [version.item_id for version in versions]
    record(
        actor=actor, action="items.create_items", on=unit, data={"items": ids, "approved": approve}
    )
    return versions


def _write(
    actor: User | None, unit: Unit, new: Sequence[NewItem], *, approve: bool
) -> list[ItemVersion]:
    by = actor.pk if actor is not None else None
    contents = [prepared(one.kind, one.content) for one in new]
    for one in new if approve else ():
        may_approve(purpose=one.purpose, has_topic=one.topic is not None)
    items = Item.objects.bulk_create(
        [
            _item(unit, one, key, by=by, approve=approve)
            for one, (_content, key) in zip(new, contents, strict=True)
        ]
    )
    versions = ItemVersion.objects.bulk_create(
        [
            ItemVersion(item=item, number=1, content=content, search_key=key, created_by_id=by)
            for item, (content, key) in zip(items, contents, strict=True)
        ]
    )
    if approve:
        fit = Review.Verdict.FIT
        Review.objects.bulk_create(
            [Review(version=version, verdict=fit, by_id=by) for version in versions]
        )
        Approval.objects.bulk_create([Approval(version=version, by_id=by) for version in versions])
    note_new_items(actor=actor, items=items)
    return versions


def _item(unit: Unit, new: NewItem, key: str, *, by: int | None, approve: bool) -> Item:
    return Item(
        unit=unit,
        kind=new.kind,
        topic=new.topic,
        level=new.level,
        purpose=new.purpose,
        state=Item.State.APPROVED if approve else Item.State.DRAFT,
        stage=Item.Stage.APPROVED if approve else Item.Stage.WRITING,
        reviewed_at=clock.now() if approve else None,
        search_key=key,
        created_by_id=by,
        **new.about.values(),
    )
