"""The only writers of items and blueprints."""

from lantoa.items.actions.alike import dismiss_twin, recall_twin
from lantoa.items.actions.approve_item import approve_item
from lantoa.items.actions.batches import change_items, undo_batch
from lantoa.items.actions.blueprints import (
    BlueprintFields,
    Cells,
    change_blueprint,
    create_blueprint,
)
from lantoa.items.actions.create_item import NewItem, create_item, create_items
from lantoa.items.actions.describe_item import About, describe_item
from lantoa.items.actions.enemies import add_enemy, remove_enemy
from lantoa.items.actions.note_export import note_export
from lantoa.items.actions.retire_item import restore_item, retire_item
from lantoa.items.actions.review_item import review_item, send_item
from lantoa.items.actions.revise_item import reclassify_item, revise_item

__all__ = [
    "About",
    "BlueprintFields",
    "Cells",
    "NewItem",
    "add_enemy",
    "approve_item",
    "change_blueprint",
    "change_items",
    "create_blueprint",
    "create_item",
    "create_items",
    "describe_item",
    "dismiss_twin",
    "note_export",
    "recall_twin",
    "reclassify_item",
    "remove_enemy",
    "restore_item",
    "retire_item",
    "review_item",
    "revise_item",
    "send_item",
    "undo_batch",
]
