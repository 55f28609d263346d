from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.actions.form_steps import locked
from lantoa.items.assembly.rules import may_swap
from lantoa.items.models import Form, FormSlot
from lantoa.items.queries.swaps import Swaps
from lantoa.items.rules import NotAllowed
from lantoa.kernel.text import clean


@transaction.atomic
def swap_item(
    *, actor: User | None, form: Form, position: int, item: int, reason: str = ""
) -> FormSlot:
    """Put another item of the bank into a place of a draft. Raises NotAllowed, with what it would
    break of the blueprint; FormSlot.DoesNotExist when there is no such place."""
    now = locked(form)
    may_swap(now.state)
    swaps = Swaps(now)
    slot = now.slots.select_related("version").get(position=position)
    entry = swaps.entry(slot, item)
    if entry is None:
        raise NotAllowed(_("Câu này không thuộc ô của ma trận mà câu cũ lấp."))
    if broken := swaps.breaks(slot, entry):
        raise NotAllowed(" ".join(broken))
    before = slot.version
    slot.version_id = entry.version
    slot.save(update_fields=["version"])
    data = {
        "position": position,
        "before": before.pk,
        "after": entry.version,
        "reason": clean(reason),
    }
    record(actor=actor, action="items.swap_item", on=now, data=data)
    return slot
