"""The only writers of items, blueprints and forms."""

from lantoa.items.actions.approve_item import approve_item
from lantoa.items.actions.assemble_forms import assemble_forms, write_forms
from lantoa.items.actions.blueprints import (
    BlueprintFields,
    CellFields,
    Cells,
    change_blueprint,
    create_blueprint,
)
from lantoa.items.actions.compile_bundles import bundle_of_form, compile_pool
from lantoa.items.actions.create_item import NewItem, create_item, create_items
from lantoa.items.actions.form_steps import publish_form, retire_form, review_form
from lantoa.items.actions.retire_item import retire_item
from lantoa.items.actions.revise_item import reclassify_item, revise_item
from lantoa.items.actions.swap_item import swap_item

__all__ = [
    "BlueprintFields",
    "CellFields",
    "Cells",
    "NewItem",
    "approve_item",
    "assemble_forms",
    "bundle_of_form",
    "change_blueprint",
    "compile_pool",
    "create_blueprint",
    "create_item",
    "create_items",
    "publish_form",
    "reclassify_item",
    "retire_form",
    "retire_item",
    "review_form",
    "revise_item",
    "swap_item",
    "write_forms",
]
