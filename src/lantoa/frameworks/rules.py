"""What a framework's outline must be, before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class NodeSpec:
    """A node to write, with what stands under it. `code` is unique within the framework."""

    kind: str
    code: str
    title: str
    children: Sequence["NodeSpec"] = field(default=())


class BadOutline(ValueError):
    """The outline can't be written; the message says why, in Vietnamese."""


def walk(nodes: Sequence[NodeSpec]) -> Iterator[NodeSpec]:
    for node in nodes:
        yield node
        yield from walk(node.children)


def check(nodes: Sequence[NodeSpec], kinds: Sequence[str]) -> None:
    seen: set[str] = set()
    for node in walk(nodes):
        if node.kind not in kinds:
            raise BadOutline(f"Loại “{node.kind}” không có trong khung.")
        if not node.code or not node.title:
            raise BadOutline("Mỗi mục phải có mã và tên.")
        if node.code in seen:
            raise BadOutline(f"Mã “{node.code}” bị lặp.")
        seen.add(node.code)
    if not seen:
        raise BadOutline("Khung chưa có mục nào.")
