"""What a coordinator decides about rows of a dry run. The register is not touched."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.files.actions import discard
from lantoa.kernel import bulk, clock
from lantoa.people.actions.roster_imports import RosterBusy
from lantoa.people.actions.roster_read import counted
from lantoa.people.models import RosterImport, RosterRow
from lantoa.people.queries.roster_judging import accept, judge_of

State = RosterRow.State
KEPT: Final = 200
"""Row ids named in the audit event."""


class Decided(NamedTuple):
    """How many rows were decided, and how many need a choice first or can't be taken."""

    done: int
    open: int


@transaction.atomic(savepoint=False)
def take_rows(
    *,
    roster: RosterImport,
    rows: Sequence[RosterRow],
    actor: User | None,
    unit: int | None = None,
    person: int | None = None,
) -> Decided:
    """Take rows in with the doubts that the dry run tells of them. `unit` and `person` (0: somebody
    new) say which one is meant. Raises RosterBusy."""
    _hold(roster)
    chosen = {"unit": unit, "person": person}
    chosen = {name: value for name, value in chosen.items() if value is not None}
    for row in rows:
        row.decision = {**row.decision, **chosen, **_stamp(actor), "take": True, "codes": []}
        row.accepted = True
    _judge(roster, rows, actor)
    taken = [row for row in rows if accept(row)]
    _keep(roster, rows, actor, "people.take_roster_rows")
    return Decided(len(taken), len(rows) - len(taken))


@transaction.atomic(savepoint=False)
def leave_rows(*, roster: RosterImport, rows: Sequence[RosterRow], actor: User | None) -> Decided:
    """Leave rows out of the import. Raises RosterBusy."""
    _hold(roster)
    for row in rows:
        row.decision = {**row.decision, **_stamp(actor), "take": False}
        row.accepted = False
    _keep(roster, rows, actor, "people.leave_roster_rows")
    return Decided(len(rows), 0)


@transaction.atomic(savepoint=False)
def reset_rows(*, roster: RosterImport, rows: Sequence[RosterRow], actor: User | None) -> Decided:
    """Forget what was decided about rows. Raises RosterBusy."""
    _hold(roster)
    for row in rows:
        row.decision, row.accepted = {}, True
    _judge(roster, rows, actor)
    _keep(roster, rows, actor, "people.reset_roster_rows")
    return Decided(len(rows), 0)


@transaction.atomic(savepoint=False)
def name_unit(*, roster: RosterImport, text: str, unit: int, actor: User | None) -> Decided:
    """Which unit a text of the roster means, in every row that says so. Raises RosterBusy."""
    _hold(roster)
    roster.mapping = {
        **roster.mapping,
        "units": {**roster.mapping.get("units", {}), text: unit},
    }
    roster.save(update_fields=["mapping"])
    rows = list(roster.rows.filter(values__unit=text))
    _judge(roster, rows, actor)
    _keep(roster, rows, actor, "people.name_roster_unit")
    return Decided(len(rows), 0)


@transaction.atomic
def discard_roster(*, roster: RosterImport, actor: User | None) -> None:
    """Throw a dry run away, its file with it. What was applied stays for undoing.
    Raises RosterBusy."""
    _hold(roster, RosterImport.State.READY, RosterImport.State.REFUSED)
    stored = roster.file
    record(actor=actor, action="people.discard_roster", on=roster)
    roster.delete()
    if stored is not None:
        discard(stored=stored, actor=actor)


def _hold(roster: RosterImport, *states: str) -> None:
    now = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if now.state not in (states or (RosterImport.State.READY,)):
        raise RosterBusy(
            _("Danh sách này đang ở trạng thái “%(state)s”.") % {"state": now.get_state_display()}
        )
    roster.mapping, roster.summary = now.mapping, now.summary


def _stamp(actor: User | None) -> dict[str, Any]:
    return {"by": actor.pk if actor else None, "at": clock.now().isoformat()}


def _judge(roster: RosterImport, rows: Sequence[RosterRow], actor: User | None) -> None:
    here = {row.pk for row in rows}
    others = RosterRow.objects.filter(roster_import=roster, person__isnull=False)
    claimed = {
        person: (sheet, number)
        for pk, person, sheet, number in others.order_by("-position").values_list(
            "pk", "person_id", "sheet", "row_number"
        )
        if pk not in here
    }
    judge_of(roster, actor).judge(rows, claimed)


def _keep(roster: RosterImport, rows: Sequence[RosterRow], actor: User | None, action: str) -> None:
    bulk.update(
        RosterRow,
        (
            "state", "person", "unit", "changes", "issues", "codes", "choices", "decision",
            "accepted",
        ),
        (
            (
                str(row.state), row.person_id, row.unit_id, row.changes, row.issues, row.codes,
                row.choices, row.decision, row.accepted, row.pk,
            )
            for row in rows
        ),
    )  # fmt: skip
    told = RosterRow.objects.filter(roster_import=roster)
    counts = counted(told.values_list("state", "sheet", "codes", "accepted"))
    roster.summary = {**roster.summary, **counts}
    roster.save(update_fields=["summary"])
    ids = [row.pk for row in rows[:KEPT]]
    record(actor=actor, action=action, on=roster, data={"rows": ids, "count": len(rows)})
