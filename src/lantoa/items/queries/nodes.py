"""Topics and competences by what people and files call them."""

from lantoa.frameworks.models import Node
from lantoa.kernel.text import fold


class Nodes:
    """Read once, asked as often as wanted."""

    def __init__(self) -> None:
        self._found: dict[str, list[Node]] = {}
        for node in Node.objects.select_related("framework"):
            names = (f"{node.framework.code}/{node.code}", node.code, fold(node.title))
            for name in dict.fromkeys(names):
                self._found.setdefault(name, []).append(node)

    def find(self, words: str) -> Node | None:
        """The one node that is meant; nothing when there is none or more than one."""
        for name in (words, fold(words)):
            found = self._found.get(name, [])
            if len(found) == 1:
                return found[0]
        return None
