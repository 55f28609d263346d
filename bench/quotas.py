"""Quotas: splitting 25.000 over 92 communes and 40 agencies, and reading the whole ledger of a
ministry, 34 provinces and 3.321 communes. Units of their own, beside what is there."""

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection, transaction

from bench.support.figures import markdown
from lantoa.kernel import clock
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Unit
from lantoa.plans import rules
from lantoa.plans.actions import PlanFields, create_plan, issue_plan, set_quotas
from lantoa.plans.models.quotas import Book
from lantoa.plans.queries.ledger import entries_of, lines_of, summed
from lantoa.plans.queries.quota_tree import quota_tree
from lantoa.plans.queries.quotas import quota_table
from lantoa.programmes.actions import create_programme

Say = Callable[[str], object]
TOTAL = 25_000
PROVINCES, COMMUNES = 34, 3_321


def _unit(name: str, parent: Unit | None) -> Unit:
    return create_unit(actor=None, code="", kind="agency", name=name, parent=parent)


def _book(unit: Unit, number: str) -> Book:
    programme = create_programme(
        actor=None, unit=unit, code=f"BQ{unit.pk}", title="Chương trình thử", requirements=[]
    )
    plan = issue_plan(
        actor=None,
        plan=create_plan(
            actor=None,
            unit=unit,
            fields=PlanFields(
                title="Kế hoạch thử",
                decision_number=number,
                decision_date=date(2022, 5, 4),
                starts_on=date(2022, 5, 4),
                ends_on=date(2099, 1, 1),
                programmes=[programme],
            ),
        ),
    )
    return Book(plan, programme)


def _timed(runs: int, work: Callable[[int], object]) -> float:
    """Median wall ms."""
    taken = []
    for run in range(runs):
        began = time.perf_counter()
        work(run)
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 1)


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    """`learners` isn't asked for here."""
    runs = min(runs, 7)
    say("92 xã và 40 cơ quan …")
    with transaction.atomic():
        province = _unit("Tỉnh đo chỉ tiêu", None)
        units = [_unit(f"Đơn vị {n}", province) for n in range(132)]
        book = _book(province, f"{clock.now():%H%M%S%f}/A")
    set_quotas(actor=None, book=book, counts={province.pk: TOTAL})

    def split(run: int) -> None:
        weights = [40 + (n * 37 + run) % 300 for n in range(len(units))]
        shares = rules.share_out(TOTAL, weights)
        counts = {unit.pk: share for unit, share in zip(units, shares, strict=True)}
        set_quotas(actor=None, book=book, counts=counts)

    rows = {"splitting 25.000 over 132 units": _timed(runs, split)}
    rows["the table of those units"] = _timed(runs, lambda _: quota_table(book, province))
    say("một bộ, 34 tỉnh, 3.321 xã …")
    with transaction.atomic():
        ministry = _unit("Bộ đo chỉ tiêu", None)
        provinces = [_unit(f"Tỉnh {n}", ministry) for n in range(PROVINCES)]
        communes = [_unit(f"Xã {n}", provinces[n % PROVINCES]) for n in range(COMMUNES)]
        whole = _book(ministry, f"{clock.now():%H%M%S%f}/B")
    each = {commune.pk: 7 for commune in communes}
    above = {p.pk: sum(7 for c in communes if c.parent_id == p.pk) for p in provinces}
    began = time.perf_counter()
    set_quotas(actor=None, book=whole, counts={ministry.pk: 7 * COMMUNES, **above, **each})
    rows["giving 3.356 units their first quota"] = round((time.perf_counter() - began) * 1000, 1)
    rows["reading that whole tree"] = _timed(runs, lambda _: quota_tree(whole, ministry))
    rows["the ledger of the ministry, line by line"] = _timed(
        runs, lambda _: entries_of(whole, ministry)
    )
    rows["summing every line anew"] = _timed(runs, lambda _: summed(lines_of(whole)))
    return {"database": connection.vendor, "rows": rows}


def table(figures: dict[str, Any]) -> str:
    return (
        f"{figures['database']}\n\n{markdown(list(figures['rows'].items()), ('what', 'median ms'))}"
    )
