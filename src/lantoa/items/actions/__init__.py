"""The only writers of items and blueprints."""

from lantoa.items.actions.approve_item import approve_item
from lantoa.items.actions.blueprints import (
    BlueprintFields,
    Cells,
    change_blueprint,
    create_blueprint,
)
from lantoa.items.actions.create_item import NewItem, create_item, create_items
from lantoa.items.actions.retire_item import retire_item
from lantoa.items.actions.revise_item import reclassify_item, revise_item

__all__ = [
    "BlueprintFields",
    "Cells",
    "NewItem",
    "approve_item",
    "change_blueprint",
    "create_blueprint",
    "create_item",
    "create_items",
    "reclassify_item",
    "retire_item",
    "revise_item",
]
