"""A reform of many units at one stroke, all or nothing: units, people, posts, roles and figures
follow. What it will do is told before (`queries.reorganising`), from the same `Reform`."""

from datetime import date

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.people import sql
from lantoa.people.actions.closure import BATCH, relink_all
from lantoa.people.models import RoleGrant, Unit, UnitPredecessor
from lantoa.people.rules.reorganising import Reform, Target, ended_by
from lantoa.people.rules.units import prefix_of, unit_keys

How = UnitPredecessor.How


# Its UPDATEs of ten thousands would each walk the journal of a savepoint (kernel.bulk).
@transaction.atomic(savepoint=False)
def reorganise(
    *,
    actor: User | None,
    reform: Reform,
    on_date: date,
    document: str,
    roles_follow: bool = True,
) -> dict[str, int]:
    """Returns how many of each. `roles_follow`: who held a role in a unit that ends holds it in the
    unit that takes over; else the role is withdrawn."""
    before = {u.pk: u for u in Unit.objects.filter(ended_on=None).select_related("parent")}
    ended = dict(ended_by(reform))
    gone = [*ended, *reform.abolished]
    for start in range(0, len(gone), BATCH):
        Unit.objects.filter(pk__in=gone[start : start + BATCH]).update(ended_on=on_date)
    heads = _shape(reform, before, on_date)
    heirs = {unit: heads[code] for unit, code in (*ended.items(), *reform.abolished.items())}
    sql.move_children(list(heirs.items()))
    sql.place_units([(heirs[unit], _place(before[unit]), unit) for unit in ended])
    sql.place_units(
        [(before[unit].parent_id, _place(before[unit]), unit) for unit in reform.abolished]
    )
    _predecessors(reform, before, heads, on_date, document)
    relink_all(on_date=on_date, document=document)
    sql.hand_over_people(list(heirs.items()), on_date)
    grants = _roles(actor, heirs, on_date, roles_follow)
    counts = {
        "founded": sum(t.continues is None for t in reform.targets.values()),
        "continued": sum(t.continues is not None for t in reform.targets.values()),
        "merged": len(ended),
        "abolished": len(reform.abolished),
        "grants": grants,
    }
    country = Unit.objects.get(code="VN", ended_on=None)
    data = {**counts, "on": str(on_date), "document": document}
    record(actor=actor, action="people.reorganise", on=country, data=data)
    return counts


def _place(unit: Unit) -> str:
    """As the catalogue says it: "Huyện Định Hóa, Tỉnh Thái Nguyên"."""
    parent = unit.parent
    if parent is None:
        return ""
    above = parent.parent
    if parent.kind == Unit.Kind.DISTRICT and above is not None:
        return f"{parent.name}, {above.name}"[:200]
    return parent.name


def _shape(reform: Reform, before: dict[int, Unit], on_date: date) -> dict[str, int]:
    """The units after the reform, parents first; their ids by code."""
    heads = {u.code: u.pk for u in before.values() if u.kind == Unit.Kind.COUNTRY}
    for kind in (Unit.Kind.PROVINCE, Unit.Kind.COMMUNE):
        wanted = [
            (code, target)
            for code, target in reform.targets.items()
            if (target.place.parent_code == "VN") == (kind == Unit.Kind.PROVINCE)
        ]
        going = [(target, target.continues) for _c, target in wanted if target.continues]
        sql.reshape_units([_changed(t, unit, kind, heads, on_date) for t, unit in going])
        heads |= {target.place.code: unit for target, unit in going}
        new = [_new(t, kind, heads, on_date) for _code, t in wanted if t.continues is None]
        Unit.objects.bulk_create(new, batch_size=BATCH)
        heads |= {unit.code: unit.pk for unit in new}
    return heads


def _changed(
    target: Target, unit: int, kind: str, heads: dict[str, int], on_date: date
) -> tuple[str, str, str, int, date, str, str, int]:
    place = target.place
    keys = unit_keys(kind, place.name)
    parent = heads[place.parent_code]
    return (
        place.code, prefix_of(place.name), place.name, parent, on_date,
        keys["sort_key"], keys["search_key"], unit,
    )  # fmt: skip


def _new(target: Target, kind: str, heads: dict[str, int], on_date: date) -> Unit:
    place = target.place
    return Unit(
        code=place.code,
        kind=kind,
        prefix=prefix_of(place.name),
        name=place.name,
        parent_id=heads[place.parent_code],
        founded_on=on_date,
        **unit_keys(kind, place.name),
    )


def _predecessors(
    reform: Reform,
    before: dict[int, Unit],
    heads: dict[str, int],
    on_date: date,
    document: str,
) -> None:
    selves: list[tuple[int, Unit]] = []
    rows: list[tuple[int, int, str]] = []
    split = {unit for target in reform.targets.values() for unit in target.parts}
    for code, target in reform.targets.items():
        if target.continues is not None:
            selves.append((heads[code], _former_self(before[target.continues], on_date)))
        for unit in (*target.merges, *target.parts):
            rows.append((heads[code], unit, How.SPLIT if unit in split else How.MERGED))
    Unit.objects.bulk_create([former for _head, former in selves], batch_size=BATCH)
    rows += [(head, former.pk, How.RENAMED) for head, former in selves]
    UnitPredecessor.objects.bulk_create(
        [
            UnitPredecessor(
                unit_id=unit, predecessor_id=former, on_date=on_date, document=document, how=how
            )
            for unit, former, how in rows
        ],
        batch_size=BATCH,
    )


def _former_self(unit: Unit, on_date: date) -> Unit:
    return Unit(
        code=unit.code,
        kind=unit.kind,
        prefix=unit.prefix,
        name=unit.name,
        founded_on=unit.founded_on,
        ended_on=on_date,
        former_place=_place(unit),
        is_remote=unit.is_remote,
        sort_key=unit.sort_key,
        search_key=unit.search_key,
    )


def _roles(actor: User | None, heirs: dict[int, int], on_date: date, follow: bool) -> int:
    """Roles held in units that end. A role that somebody holds there already isn't doubled."""
    held = list(RoleGrant.objects.filter(unit_id__in=heirs, withdrawn_at=None))
    RoleGrant.objects.filter(pk__in=[grant.pk for grant in held]).update(
        withdrawn_at=clock.now(), withdrawn_by_id=actor.pk if actor else None
    )
    if not follow:
        return len(held)
    taken = set(
        RoleGrant.objects.filter(unit_id__in=set(heirs.values()), withdrawn_at=None).values_list(
            "user_id", "role", "unit_id"
        )
    )
    fresh = {}
    for grant in held:
        key = (grant.user_id, grant.role, heirs[grant.unit_id])
        still = grant.ends_on is None or grant.ends_on >= on_date
        if still and key not in taken:
            fresh[key] = RoleGrant(
                user_id=grant.user_id,
                role=grant.role,
                unit_id=heirs[grant.unit_id],
                starts_on=max(grant.starts_on, on_date),
                ends_on=grant.ends_on,
                granted_by_id=actor.pk if actor else None,
            )
    RoleGrant.objects.bulk_create(fresh.values(), batch_size=BATCH)
    return len(held)
