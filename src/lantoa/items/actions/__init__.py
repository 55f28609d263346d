"""The only writers of items, blueprints and forms."""

from lantoa.items.actions.alike import dismiss_twin, recall_twin
from lantoa.items.actions.approve_item import approve_item
from lantoa.items.actions.assemble_forms import assemble_forms, write_forms
from lantoa.items.actions.batches import change_items, undo_batch
from lantoa.items.actions.blueprints import (
    BlueprintFields,
    CellFields,
    Cells,
    change_blueprint,
    create_blueprint,
)
from lantoa.items.actions.compile_bundles import bundle_of_form, compile_pool
from lantoa.items.actions.create_item import NewItem, create_item, create_items
from lantoa.items.actions.describe_item import About, describe_item
from lantoa.items.actions.enemies import add_enemy, remove_enemy
from lantoa.items.actions.form_steps import publish_form, retire_form, review_form
from lantoa.items.actions.note_export import note_export
from lantoa.items.actions.retire_item import restore_item, retire_item
from lantoa.items.actions.review_item import review_item, send_item
from lantoa.items.actions.revise_item import reclassify_item, revise_item
from lantoa.items.actions.swap_item import swap_item

__all__ = [
    "About",
    "BlueprintFields",
    "CellFields",
    "Cells",
    "NewItem",
    "add_enemy",
    "approve_item",
    "assemble_forms",
    "bundle_of_form",
    "change_blueprint",
    "change_items",
    "compile_pool",
    "create_blueprint",
    "create_item",
    "create_items",
    "describe_item",
    "dismiss_twin",
    "note_export",
    "publish_form",
    "recall_twin",
    "reclassify_item",
    "remove_enemy",
    "restore_item",
    "retire_form",
    "retire_item",
    "review_form",
    "review_item",
    "revise_item",
    "send_item",
    "swap_item",
    "undo_batch",
    "write_forms",
]
