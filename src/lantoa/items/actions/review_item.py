from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.actions.locking import locked, newest_of
from lantoa.items.models import Approval, Item, ItemVersion, Review, ReviewRequest
from lantoa.items.permissions import has_other_examiners
from lantoa.items.rules import lines, may_review, may_send, state_of
from lantoa.kernel import clock


@transaction.atomic
def send_item(*, actor: User | None, item: Item) -> ReviewRequest:
    """Ask for a review of the newest version. Raises NotAllowed."""
    now = locked(item)
    may_send(stage=now.stage, is_retired=now.state == Item.State.RETIRED)
    newest = newest_of(now, None)
    by = actor.pk if actor is not None else None
    request, _new = ReviewRequest.objects.get_or_create(version=newest, defaults={"by_id": by})
    Item.objects.filter(pk=item.pk).update(stage=Item.Stage.WAITING)
    record(actor=actor, action="items.send_item", on=item, data={"number": newest.number})
    item.refresh_from_db(fields=["stage"])
    return request


@transaction.atomic
def review_item(
    *, actor: User | None, item: Item, verdict: str, reason: str = "", number: int | None = None
) -> Review:
    """Say of the newest version that it is fit, or return it with a reason. `number` is the version
    that was looked at. Raises NotAllowed."""
    now = locked(item)
    newest = newest_of(now, number)
    own = may_review(
        reviewer=actor.pk if actor is not None else None,
        author=newest.created_by_id,
        has_others=_has_others(actor, now, newest),
        stage=now.stage,
        is_retired=now.state == Item.State.RETIRED,
    )
    review = Review.objects.create(
        version=newest,
        verdict=verdict,
        reason=lines(reason),
        by_id=actor.pk if actor is not None else None,
    )
    _move(now, verdict)
    data = {"number": newest.number, "verdict": verdict, "reason": review.reason, "own": own}
    record(actor=actor, action="items.review_item", on=item, data=data)
    item.refresh_from_db(fields=["state", "stage", "reviewed_at"])
    return review


def _has_others(actor: User | None, item: Item, version: ItemVersion) -> bool:
    """Asked only where it matters."""
    if actor is None or version.created_by_id != actor.pk:
        return False
    return has_other_examiners(item.unit_id, besides=actor.pk)


def _move(item: Item, verdict: str) -> None:
    stage = Item.Stage.FIT if verdict == Review.Verdict.FIT else Item.Stage.RETURNED
    is_approved = Approval.objects.filter(version__item=item).exists()
    state = state_of(is_approved=is_approved, stage=stage)
    Item.objects.filter(pk=item.pk).update(stage=stage, state=state, reviewed_at=clock.now())
