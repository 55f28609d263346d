"""Applying a dry run: one transaction, drafts only; and taking it back."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_noop

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.audit.models import Event
from lantoa.frameworks.models import Node
from lantoa.items.actions.create_item import NewItem, create_items
from lantoa.items.actions.import_files import drop_unused
from lantoa.items.actions.import_judging import compare
from lantoa.items.exchange.rows import Said
from lantoa.items.models import Item, ItemImport, ItemImportRow, ItemVersion
from lantoa.items.queries.imports import codes_of
from lantoa.kernel import bulk, clock
from lantoa.people.models import Unit

State = ItemImportRow.State
ABOUT = ("competence", "difficulty", "expected_seconds", "source", "notes")
MEANWHILE = gettext_noop("Câu này vừa có trong ngân hàng sau khi đọc tệp nên không nhập.")
USED = gettext_noop("Câu này đã được sửa, thẩm định hoặc sử dụng nên giữ lại khi hoàn tác.")
AT_ONCE = 500


@transaction.atomic
def apply_import(*, of: ItemImport, actor: User | None) -> dict[str, int]:
    """Write every row that is new and that nobody leaves out as a draft. What the bank has got by
    now is left out and says so. The import is APPLYING; returns the counts."""
    Unit.objects.select_for_update().get(pk=of.unit_id)  # two imports of one file wait in line
    rows = list(of.rows.filter(state__in=[State.NEW, State.SIMILAR], accepted=True))
    rows.sort(key=lambda row: row.position)
    judged = {row.pk: (row.state, row.match_id, row.match_row, row.percent) for row in rows}
    compare(of.unit, rows, nearly=False)
    fresh = []
    for row in rows:
        if row.state == State.SAME and row.match_id:
            _say(row, MEANWHILE)
        else:
            row.state, row.match_id, row.match_row, row.percent = judged[row.pk]
            fresh.append(row)
    _create(of, fresh, actor)
    bulk.update(ItemImportRow, ["item"], ([row.item_id, row.pk] for row in fresh))
    _keep_said([row for row in rows if row.state == State.SAME])
    # What came to nothing keeps its words but no files.
    of.rows.filter(item=None).update(content={})
    drop_unused(public_ids=of.pictures, actor=actor)
    counts = {"created": len(fresh), "left_out": len(rows) - len(fresh)}
    _finish(of, ItemImport.State.APPLIED, "applied", counts, actor)
    record(actor=actor, action="items.apply_import", on=of, data=counts)
    return counts


def _create(of: ItemImport, rows: Sequence[ItemImportRow], actor: User | None) -> None:
    if not rows:
        return
    topics = Node.objects.in_bulk({row.belongs["topic"] for row in rows} - {None})
    new = [
        NewItem(
            row.kind,
            row.content,
            topics.get(row.belongs["topic"]),
            row.belongs["level"],
            row.belongs["purpose"],
        )
        for row in rows
    ]
    versions = create_items(actor=actor, unit=of.unit, items=new)
    for row, version in zip(rows, versions, strict=True):
        row.item = version.item
    bulk.update(
        Item, ABOUT, ([*(row.belongs[name] for name in ABOUT), row.item_id] for row in rows)
    )


def _keep_said(rows: Sequence[ItemImportRow]) -> None:
    """Rows to which something was added by the way."""
    columns = ("state", "match", "match_row", "percent", "notes", "codes")
    told = (
        [row.state, row.match_id, row.match_row, row.percent, row.notes, row.codes, row.pk]
        for row in rows
    )
    bulk.update(ItemImportRow, columns, told)


@transaction.atomic
def undo_import(*, of: ItemImport, actor: User | None) -> dict[str, int]:
    """Remove the drafts that the import brought and that nobody has touched since; the others
    stay, and their rows say so. The import is UNDOING."""
    rows = list(of.rows.exclude(item=None).select_related("item"))
    touched = _touched([row.item for row in rows if row.item is not None])
    gone = [row.item_id for row in rows if row.item_id and row.item_id not in touched]
    for row in rows:
        if row.item_id in touched:
            _say(row, USED)
    kept = [row for row in rows if row.item_id in touched]
    _keep_said(kept)
    for start in range(0, len(gone), AT_ONCE):
        Item.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    of.rows.exclude(pk__in=[row.pk for row in kept]).update(content={})
    drop_unused(public_ids=of.pictures, actor=actor)
    counts = {"removed": len(gone), "kept": len(kept)}
    _finish(of, ItemImport.State.UNDONE, "undone", counts, actor)
    record(actor=actor, action="items.undo_import", on=of, data={**counts, "items": gone[:5000]})
    return counts


def _touched(items: Sequence[Item]) -> set[int]:
    """Of these drafts: approved, revised, judged, written about in the audit log, or referred to by
    any table of whichever domain."""
    ids = [item.pk for item in items]
    found = {item.pk for item in items if item.state != Item.State.DRAFT}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        events = Event.objects.filter(
            object_type=Item._meta.label_lower, object_id__in=[str(pk) for pk in some]
        )
        found |= {int(pk) for pk in events.values_list("object_id", flat=True)}
        revised = ItemVersion.objects.filter(item__in=some, number__gt=1)
        found |= set(revised.values_list("item_id", flat=True))
        for table, column in _references(Item, (ItemVersion, ItemImportRow)):
            held = table._base_manager.filter(**{f"{column}__in": some})
            found |= set(held.values_list(column, flat=True))
        versions = dict(ItemVersion.objects.filter(item__in=some).values_list("pk", "item_id"))
        for table, column in _references(ItemVersion, ()):
            held = table._base_manager.filter(**{f"{column}__in": list(versions)})
            found |= {versions[pk] for pk in held.values_list(column, flat=True)}
    return found


# What the bank works out by itself of every item is nobody's work.
WORKED_OUT = frozenset({"items.band", "items.twin"})


def _references(
    to: type[models.Model], besides: Sequence[type[models.Model]]
) -> list[tuple[type[models.Model], str]]:
    return [
        (field.related_model, field.field.attname)
        for field in to._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ForeignObjectRel)
        and isinstance(field.field, models.ForeignKey)
        and field.related_model not in besides
        and field.related_model._meta.label_lower not in WORKED_OUT
    ]


def _say(row: ItemImportRow, text: str) -> None:
    row.notes = [*row.notes, Said(text).stored()]
    problems, notes = (
        [Said.from_stored(kept) for kept in listed] for listed in (row.problems, row.notes)
    )
    row.codes = codes_of(problems, notes)


def _finish(
    of: ItemImport, state: str, name: str, counts: dict[str, Any], actor: User | None
) -> None:
    of.state = state
    of.summary = {**of.summary, name: counts}
    setattr(of, f"{name}_at", clock.now())
    setattr(of, f"{name}_by_id", actor.pk if actor else None)
    of.save(update_fields=["state", "summary", f"{name}_at", f"{name}_by_id"])
