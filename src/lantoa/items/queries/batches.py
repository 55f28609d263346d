"""What a step would do to many items, and what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.items.models import Batch, Item, ItemVersion
from lantoa.items.permissions import APPROVERS, has_other_examiners
from lantoa.items.queries.items import items_within, with_newest
from lantoa.items.rules import NotAllowed, may_approve, may_move, may_review, may_send
from lantoa.people.permissions import unit_ids_within

Step = Batch.Step
OF_EXAMINERS = frozenset({Step.FIT, Step.APPROVE, Step.RETIRE, Step.RESTORE})


@dataclass(frozen=True)
class Change:
    """`fields` are columns of an item with what a classification sets them to."""

    step: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass
class Judged:
    """What allows the step (with newest versions, in the same order), and what doesn't, and why.
    `own` says how many of the first the actor wrote and nobody else could review."""

    possible: list[Item] = field(default_factory=list)
    versions: list[ItemVersion] = field(default_factory=list)
    refused: list[tuple[Item, ItemVersion, str]] = field(default_factory=list)
    own: int = 0


def judge(actor: User, items: Sequence[int], change: Change) -> Judged:
    """Of the items in reach of the actor: what the step may be taken with."""
    found = items_within(actor).filter(pk__in=items).order_by("pk")
    examined = set(unit_ids_within(actor, *APPROVERS) if change.step in OF_EXAMINERS else ())
    judged, others = Judged(), dict[int, bool]()
    for item, version in with_newest(found):
        if item.unit_id not in others and change.step == Step.FIT:
            others[item.unit_id] = has_other_examiners(item.unit_id, besides=actor.pk)
        try:
            if change.step in OF_EXAMINERS and item.unit_id not in examined:
                raise NotAllowed(_("Anh/chị không phụ trách khảo thí ở đơn vị của câu này."))
            own = _may(actor, item, version, change, has_others=others.get(item.unit_id, False))
        except NotAllowed as refusal:
            judged.refused.append((item, version, str(refusal)))
        else:
            judged.own += own
            judged.possible.append(item)
            judged.versions.append(version)
    return judged


def _may(
    actor: User, item: Item, version: ItemVersion, change: Change, *, has_others: bool
) -> bool:
    """Whether the step would be a review of one's own. Raises NotAllowed."""
    is_retired = item.state == Item.State.RETIRED
    if change.step == Step.SEND:
        may_send(stage=item.stage, is_retired=is_retired)
    elif change.step == Step.FIT:
        if item.stage == Item.Stage.FIT:
            raise NotAllowed(_("Bản này đã được thẩm định là đạt."))
        return may_review(
            reviewer=actor.pk,
            author=version.created_by_id,
            has_others=has_others,
            stage=item.stage,
            is_retired=is_retired,
        )
    elif change.step == Step.APPROVE:
        _may_approve(item, is_retired=is_retired)
    elif change.step == Step.RETIRE:
        may_move(is_retired=is_retired)
    elif change.step == Step.RESTORE and not is_retired:
        raise NotAllowed(_("Câu hỏi này đang được dùng."))
    elif change.step == Step.CLASSIFY and _stands_so(item, change.fields):
        raise NotAllowed(_("Câu hỏi đã được xếp như vậy."))
    return False


def _stands_so(item: Item, fields: Mapping[str, Any]) -> bool:
    return bool(fields) and all(getattr(item, name) == value for name, value in fields.items())


def _may_approve(item: Item, *, is_retired: bool) -> None:
    if item.stage == Item.Stage.APPROVED and not is_retired:
        raise NotAllowed(_("Bản mới nhất đã được duyệt."))
    may_approve(
        purpose=item.purpose,
        has_topic=item.topic_id is not None,
        stage=item.stage,
        is_retired=is_retired,
    )


def batches_of(user: User) -> QuerySet[Batch]:
    """What the user did to many at once, the newest first, each with `size`. Nobody else's exist
    for them; an item's own history tells everybody who may see the item."""
    return Batch.objects.filter(by_id=user.pk).annotate(size=Count("rows")).order_by("-at", "-pk")


def batch_for(user: User, pk: int) -> Batch:
    """Raises Batch.DoesNotExist."""
    return batches_of(user).get(pk=pk)
