"""Forms out of a blueprint: asked for here, assembled by the worker, written here."""

from collections.abc import Sequence
from random import Random
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items import draws
from lantoa.items.assembly.rules import free_codes, may_assemble
from lantoa.items.models import Blueprint, Form, FormSlot
from lantoa.items.queries.bank import shortages_of
from lantoa.items.rules import BankTooSmall, NotAllowed
from lantoa.jobs.actions import enqueue
from lantoa.jobs.models import Job
from lantoa.kernel import clock

Slots = Sequence[tuple[int, int]]
"""(version id, points), in order."""


@transaction.atomic
def assemble_forms(
    *, actor: User | None, blueprint: Blueprint, forms: int, seed: int, fresh: bool = False
) -> Job:
    """Queue the assembly of so many forms: one fixed, or several parallel. `fresh` leaves out the
    items of published forms. Raises NotAllowed, and BankTooSmall when a cell is short anyway."""
    may_assemble(forms)
    if not blueprint.cells.exists():
        raise NotAllowed(_("Ma trận chưa có câu hỏi nào."))
    if short := shortages_of(blueprint):
        raise BankTooSmall(short)
    job = enqueue(
        handler="lantoa.items.assembly.tasks.assemble_forms",
        title=_("Dựng %(forms)d đề: %(blueprint)s")
        % {"forms": forms, "blueprint": blueprint.title},
        params={"blueprint": blueprint.pk, "forms": forms, "seed": seed, "fresh": fresh},
        actor=actor,
    )
    record(
        actor=actor,
        action="items.ask_for_forms",
        on=blueprint,
        data={"forms": forms, "seed": seed, "fresh": fresh, "job": job.pk},
    )
    return job


@transaction.atomic
def write_forms(
    *,
    actor: User | None,
    blueprint: Blueprint,
    papers: Sequence[Slots],
    seed: int,
    told: dict[str, int],
) -> list[Form]:
    """Write what was assembled as drafts. Where the blueprint shuffles items, each form has an
    order of its own; else that of the cells. `told` goes into the audit log."""
    locked = Blueprint.objects.select_for_update().get(pk=blueprint.pk)
    codes = free_codes(locked.forms.values_list("code", flat=True), len(papers))
    batch, at = uuid4() if len(papers) > 1 else None, clock.now()
    forms = Form.objects.bulk_create(
        Form(
            unit_id=locked.unit_id,
            blueprint=locked,
            code=code,
            batch=batch,
            created_at=at,
            created_by_id=actor.pk if actor is not None else None,
        )
        for code in codes
    )
    rng = Random(seed)  # noqa: S311 - the seed is kept in the audit log
    for form, slots in zip(forms, papers, strict=True):
        places = draws.shuffled(len(slots), rng) if locked.shuffle_items else range(len(slots))
        FormSlot.objects.bulk_create(
            FormSlot(form=form, position=n, version_id=slots[place][0], points=slots[place][1])
            for n, place in enumerate(places, start=1)
        )
        data = {"blueprint": locked.pk, "code": form.code, "seed": seed, **told}
        record(actor=actor, action="items.assemble_form", on=form, data=data)
    return forms
