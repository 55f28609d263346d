"""Reading frameworks. They are public law or syllabus: everybody signed in may read them."""

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from lantoa.frameworks.models import Framework, Node


def frameworks() -> QuerySet[Framework]:
    return Framework.objects.annotate(node_count=Count("nodes")).order_by("title")


def framework_by_code(code: str) -> Framework:
    """Raises Framework.DoesNotExist."""
    return frameworks().get(code=code)


@dataclass(frozen=True)
class Branch:
    node: Node
    children: list["Branch"] = field(default_factory=list)


def outline(framework: Framework) -> list[Branch]:
    """The framework's nodes as a tree in their order, in one query."""
    nodes = list(framework.nodes.order_by("position", "id"))
    branches = {node.pk: Branch(node) for node in nodes}
    tops: list[Branch] = []
    for node in nodes:
        siblings = branches[node.parent_id].children if node.parent_id else tops
        siblings.append(branches[node.pk])
    return tops


@dataclass(frozen=True)
class TopicGroup:
    """The part or domain that topics stand under (none for topics at the top), and the topics."""

    parent: Node | None
    topics: list[Node]


def topic_groups(framework: Framework) -> list[TopicGroup]:
    """The leaves, which items and modules point at, grouped by what they stand under."""
    groups: list[TopicGroup] = []
    _gather(outline(framework), None, groups)
    return groups


def _gather(branches: list[Branch], parent: Node | None, groups: list[TopicGroup]) -> None:
    leaves = [branch.node for branch in branches if not branch.children]
    if leaves:
        groups.append(TopicGroup(parent, leaves))
    for branch in branches:
        if branch.children:
            _gather(branch.children, branch.node, groups)
