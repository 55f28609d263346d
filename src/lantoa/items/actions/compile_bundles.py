"""Bundles of forms and of whole banks. What is delivered never reads anything else."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.bundles import Cell, Chosen, compile_bundle
from lantoa.items.models import Blueprint, Bundle, Form, ItemVersion
from lantoa.items.papers import NoPaper, open_bundle
from lantoa.items.queries.bank import Bank, bank_of, key_of
from lantoa.items.rules import BankTooSmall, NotAllowed


def compile_form(form: Form) -> Bundle:
    """A fixed form: one cell that takes all. The caller writes it down."""
    slots = form.slots.select_related("version__item__topic__parent")
    chosen = [Chosen(slot.version, slot.points) for slot in slots]
    blueprint = form.blueprint
    return compile_bundle(
        blueprint=blueprint, title=blueprint.title, cells=[Cell(len(chosen), chosen)]
    )


def bundle_of_form(form: Form) -> Bundle:
    """What a sitting with this form delivers. Raises NotAllowed unless it is published."""
    if form.state != Form.State.PUBLISHED or form.bundle is None:
        raise NotAllowed(_("Đề %(code)s chưa ban hành hoặc đã ngừng dùng.") % {"code": form.code})
    return form.bundle


@transaction.atomic
def compile_pool(*, actor: User | None, blueprint: Blueprint) -> Bundle:
    """Everything a blueprint may draw, for forms drawn per candidate. The same bank gives the same
    bundle. Raises BankTooSmall, also when enemies leave no paper."""
    bank = bank_of(blueprint)
    found = ItemVersion.objects.select_related("item__topic__parent").in_bulk(list(bank.ids))
    bundle = compile_bundle(
        blueprint=blueprint,
        title=blueprint.title,
        cells=_cells(bank, found),
        enemies=bank.enemies,
    )
    try:
        open_bundle(bundle).paper(0)
    except NoPaper:
        raise BankTooSmall(
            [], _("Những câu không được đi cùng nhau làm cho không còn đề nào.")
        ) from None
    data = {"digest": bundle.digest, "items": len(found)}
    record(actor=actor, action="items.compile_pool", on=blueprint, data=data)
    return bundle


def _cells(bank: Bank, found: dict[int, ItemVersion]) -> Sequence[Cell]:
    return [
        Cell(
            cell.count,
            [Chosen(found[entry.version], cell.points) for entry in bank.held[key_of(cell)]],
        )
        for cell in bank.cells
    ]
