"""A form from draft to published to retired; each step is taken on the row as it is now."""

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.audit.models import Event
from lantoa.items.actions.compile_bundles import compile_form
from lantoa.items.assembly import rules
from lantoa.items.models import Bundle, Form
from lantoa.kernel.text import clean


def locked(form: Form) -> Form:
    return Form.objects.select_for_update(of=("self",)).select_related("blueprint").get(pk=form.pk)


def _hands(form: Form) -> set[int | None]:
    """Everybody who decided what stands in it."""
    swaps = Event.objects.filter(
        action="items.swap_item", object_type="items.form", object_id=str(form.pk)
    )
    return {form.created_by_id, *swaps.values_list("actor_id", flat=True)}


@transaction.atomic
def review_form(*, actor: User | None, form: Form, fit: bool, reason: str) -> Form:
    """Another examiner finds it fit to be published, or gives it back. Raises NotAllowed."""
    now = locked(form)
    reviewer = actor.pk if actor is not None else None
    rules.may_review(now.state, fit=fit, reviewer=reviewer, hands=_hands(now))
    now.state = Form.State.REVIEWED if fit else Form.State.DRAFT
    now.save(update_fields=["state"])
    data = {"fit": fit, "reason": clean(reason)}
    record(actor=actor, action="items.review_form", on=now, data=data)
    return now


@transaction.atomic
def publish_form(*, actor: User | None, form: Form) -> Bundle:
    """Compile it into its bundle. From here on neither the form nor its versions change. Raises
    NotAllowed."""
    now = locked(form)
    rules.may_publish(now.state)
    bundle = compile_form(now)
    now.bundle, now.state = bundle, Form.State.PUBLISHED
    now.save(update_fields=["bundle", "state"])
    record(actor=actor, action="items.publish_form", on=now, data={"digest": bundle.digest})
    return bundle


@transaction.atomic
def retire_form(*, actor: User | None, form: Form, reason: str) -> None:
    """No sitting takes it any more; what was delivered from it stays. Raises NotAllowed."""
    now = locked(form)
    rules.may_retire(now.state)
    now.state = Form.State.RETIRED
    now.save(update_fields=["state"])
    record(actor=actor, action="items.retire_form", on=now, data={"reason": clean(reason)})
