"""The worker's side of assembling. The only module of `items` that loads NumPy and HiGHS."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.items.actions.assemble_forms import write_forms
from lantoa.items.assembly.demand import candidates_of, demand_of, versions_of
from lantoa.items.assembly.sentences import sentences
from lantoa.items.models import Blueprint
from lantoa.items.permissions import may_examine
from lantoa.items.queries.bank import Bank, pool_of
from lantoa.items.queries.blueprints import blueprint_for
from lantoa.items.queries.forms import items_of_published
from lantoa.jobs.runs import JobRefused, JobRun
from lantoa.stats.assembly import Assembled, CannotAssemble, assemble


def assemble_forms(run: JobRun) -> dict[str, Any]:
    """Rights are checked again: minutes may have passed since somebody asked."""
    blueprint = _blueprint(run)
    forms, seed = int(run.params["forms"]), int(run.params["seed"])
    bank = pool_of(blueprint, without=_used(blueprint) if run.params.get("fresh") else ())
    made = _assembled(run, blueprint, bank, forms, seed)
    told = {"overlap": made.overlap, "bound": made.bound}
    written = write_forms(
        actor=run.actor,
        blueprint=blueprint,
        papers=versions_of(bank, made.papers),
        seed=seed,
        told=told,
    )
    label = ngettext("Xem %(n)d đề đã dựng", "Xem %(n)d đề đã dựng", len(written))
    where = reverse("items:form", args=[written[0].pk])
    if len(written) > 1:
        where = reverse("items:form_batch", args=[written[0].batch])
    return {**told, "url": where, "label": label % {"n": len(written)}}


def _blueprint(run: JobRun) -> Blueprint:
    try:
        if run.actor is None:
            raise Blueprint.DoesNotExist
        blueprint = blueprint_for(run.actor, run.params["blueprint"])
    except Blueprint.DoesNotExist as error:
        raise JobRefused(_("Ma trận này không còn thuộc phạm vi của anh/chị.")) from error
    if not may_examine(run.actor, blueprint.unit_id):
        raise JobRefused(_("Ma trận này không còn thuộc phạm vi của anh/chị."))
    return blueprint


def _used(blueprint: Blueprint) -> set[int]:
    return items_of_published(blueprint)


def _assembled(run: JobRun, blueprint: Blueprint, bank: Bank, forms: int, seed: int) -> Assembled:
    demand = demand_of(blueprint, bank, forms=forms)
    try:
        return assemble(candidates_of(bank), demand, seed=seed, progress=run.progress)
    except CannotAssemble as error:
        said = sentences(
            error.findings,
            bank.cells,
            forms=forms,
            least_uses=error.least_uses,
            proven=error.proven,
        )
        raise JobRefused("\n".join(said)) from error
