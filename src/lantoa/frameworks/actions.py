"""Writing frameworks: `create_framework`, and `load_presets` for those shipped as data."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.frameworks.models import Framework, Node
from lantoa.frameworks.presets import presets
from lantoa.frameworks.rules import NodeSpec, check
from lantoa.kernel.text import clean


def _write(framework: Framework, nodes: Sequence[NodeSpec], parent: Node | None) -> None:
    for position, spec in enumerate(nodes, start=1):
        node = Node.objects.create(
            framework=framework,
            parent=parent,
            kind=spec.kind,
            code=spec.code,
            title=clean(spec.title),
            position=position,
        )
        _write(framework, spec.children, node)


@transaction.atomic
def create_framework(
    *,
    actor: User | None,
    code: str,
    title: str,
    nodes: Sequence[NodeSpec],
    legal_basis: str = "",
    grade: str = Framework.Grade.OWN,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Framework:
    """Write a framework with its nodes. Raises `BadOutline`; the code must be new."""
    check(nodes, Node.Kind.values)
    framework = Framework.objects.create(
        code=code,
        title=clean(title),
        legal_basis=clean(legal_basis),
        grade=grade,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    _write(framework, nodes, None)
    record(actor=actor, action="frameworks.create_framework", on=framework, data={"code": code})
    return framework


@transaction.atomic
def load_presets(*, actor: User | None) -> list[Framework]:
    """Write the shipped frameworks that are not here yet; those that are stay as they are, because
    items already point at their nodes. Returns the new ones."""
    present = set(Framework.objects.values_list("code", flat=True))
    return [
        create_framework(
            actor=actor,
            code=preset.code,
            title=preset.title,
            nodes=preset.nodes,
            legal_basis=preset.legal_basis,
            grade=preset.grade,
            valid_from=preset.valid_from,
            valid_until=preset.valid_until,
        )
        for preset in presets()
        if preset.code not in present
    ]
