"""A bank of questions for tests."""

from typing import Any

from lantoa.frameworks.actions import load_presets
from lantoa.frameworks.models import Node
from lantoa.items.actions import NewItem, create_items
from lantoa.people.models import Unit


def question(number: int) -> dict[str, Any]:
    return {
        "stem": f"Câu hỏi số {number}: việc nào làm trước?",
        "options": [{"text": f"Phương án {letter} của câu {number}"} for letter in "ABCD"],
        "answer": number % 4,
        "explanation": f"Giải thích của câu {number}.",
    }


def fill(unit: Unit, per_cell: int = 6) -> dict[str, Node]:
    load_presets(actor=None)
    nodes = Node.objects.filter(framework__code="lanh-dao-xa-2022", kind="topic")
    topics = {node.code: node for node in nodes.select_related("parent")}
    new = [
        NewItem("single_choice", question(100 * at + n), topic, "basic")
        for at, topic in enumerate(topics.values())
        for n in range(per_cell)
    ]
    create_items(actor=None, unit=unit, items=new, approve=True)
    return topics
