"""One step done to many items at once: one row and one audit event for the batch."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.models import Approval, Batch, BatchRow, Item, Review, ReviewRequest
from lantoa.items.queries.batches import Change, Judged, judge
from lantoa.items.rules import NotAllowed, state_of
from lantoa.kernel import clock

Step = Batch.Step


@transaction.atomic
def change_items(
    *, actor: User, items: Sequence[int], change: Change
) -> tuple[Batch | None, Judged]:
    """Take the step with those of the items that allow it; the others are told with their reasons.
    The caller has found the ids in reach."""
    list(Item.objects.select_for_update(of=("self",)).filter(pk__in=items).values_list("pk"))
    judged = judge(actor, items, change)
    if not judged.possible:
        return None, judged
    batch = Batch.objects.create(
        step=change.step, reason=change.reason, after=dict(change.fields), by_id=actor.pk
    )
    BatchRow.objects.bulk_create(
        [
            BatchRow(batch=batch, item=item, before=_before(item, change.fields))
            for item in judged.possible
        ]
    )
    _STEPS[change.step](actor, judged, change)
    ids = [item.pk for item in judged.possible]
    record(
        actor=actor,
        action=f"items.{change.step}_items",
        on=batch,
        data={"items": ids, "reason": change.reason, "after": dict(change.fields)},
    )
    return batch, judged


def _before(item: Item, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("state", *fields)}


def _of(judged: Judged) -> Any:
    return Item.objects.filter(pk__in=[item.pk for item in judged.possible])


def _classify(actor: User, judged: Judged, change: Change) -> None:
    _of(judged).update(**change.fields)


def _send(actor: User, judged: Judged, change: Change) -> None:
    asked = [ReviewRequest(version=v, by_id=actor.pk) for v in judged.versions]
    ReviewRequest.objects.bulk_create(asked, ignore_conflicts=True)
    _of(judged).update(stage=Item.Stage.WAITING)


def _fit(actor: User, judged: Judged, change: Change) -> None:
    fit = Review.Verdict.FIT
    Review.objects.bulk_create(
        [
            Review(version=v, verdict=fit, by_id=actor.pk, reason=change.reason)
            for v in judged.versions
        ]
    )
    _of(judged).filter(state=Item.State.DRAFT).update(state=Item.State.REVIEWED)
    _of(judged).update(stage=Item.Stage.FIT, reviewed_at=clock.now())


def _approve(actor: User, judged: Judged, change: Change) -> None:
    made = [Approval(version=v, by_id=actor.pk) for v in judged.versions]
    Approval.objects.bulk_create(made, ignore_conflicts=True)
    _of(judged).update(state=Item.State.APPROVED, stage=Item.Stage.APPROVED)


def _retire(actor: User, judged: Judged, change: Change) -> None:
    _of(judged).update(state=Item.State.RETIRED)


def _restore(actor: User, judged: Judged, change: Change) -> None:
    approved = set(
        Approval.objects.filter(version__item__in=judged.possible).values_list(
            "version__item_id", flat=True
        )
    )
    for item in judged.possible:
        item.state = Item.State(state_of(is_approved=item.pk in approved, stage=item.stage))
    Item.objects.bulk_update(judged.possible, ["state"])


_STEPS: dict[str, Callable[[User, Judged, Change], None]] = {
    Step.CLASSIFY: _classify,
    Step.SEND: _send,
    Step.FIT: _fit,
    Step.APPROVE: _approve,
    Step.RETIRE: _retire,
    Step.RESTORE: _restore,
}


@transaction.atomic
def undo_batch(*, actor: User, batch: Batch) -> tuple[int, int]:
    """Put back what a classification or a retirement changed, where nobody has changed it since:
    how many were put back, how many left. Raises NotAllowed."""
    now = Batch.objects.select_for_update().get(pk=batch.pk)
    if not now.can_undo:
        raise NotAllowed(now.no_undo)
    rows = list(now.rows.select_related("item"))
    after = now.after or {"state": Item.State.RETIRED}
    back = [row for row in rows if all(getattr(row.item, n) == v for n, v in after.items())]
    for row in back:
        for name in after:
            setattr(row.item, name, row.before[name])
    Item.objects.bulk_update([row.item for row in back], list(after), batch_size=500)
    now.undone_at = clock.now()
    now.save(update_fields=["undone_at"])
    data = {"items": [row.item_id for row in back], "left": len(rows) - len(back)}
    record(actor=actor, action="items.undo_batch", on=now, data=data)
    return len(back), len(rows) - len(back)
