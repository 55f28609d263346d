"""How somebody answers a question of any kind, rightly or wrongly. Pure; the contents are those
that `items.kinds` state, in the order in which the candidate sees them."""

from collections.abc import Mapping
from typing import Any

Content = Mapping[str, Any]


def right(kind: str, content: Content) -> Any:
    """The key as a response; of a kind that people mark, None."""
    match kind:
        case "single_choice":
            return content["answer"]
        case "multiple_response":
            return content["answers"]
        case "true_false":
            return [one["true"] for one in content["statements"]]
        case "matching":
            return content["pairs"]
        case "ordering":
            return content.get("key") or list(range(len(content["parts"])))
        case "blank":
            return _fill(content["gap"])
        case "cloze":
            return [_fill(gap) for gap in content["gaps"]]
        case "hotspot":
            left, top, width, height = content["areas"][0]["at"]
            return {"x": left + width // 2, "y": top + height // 2}
        case "scenario":
            return [right(part["kind"], part["content"]) for part in content["parts"]]
    return None


def wrong(kind: str, content: Content) -> Any:
    """A response that isn't the key, as somebody gives it who guesses."""
    match kind:
        case "single_choice":
            return (content["answer"] + 1) % len(content["options"])
        case "multiple_response":
            return [n for n in range(len(content["options"])) if n not in content["answers"]]
        case "true_false":
            return [not one["true"] for one in content["statements"]]
        case "matching":
            return list(reversed(content["pairs"]))
        case "ordering":
            return list(reversed(right(kind, content)))
        case "blank":
            return "1"
        case "cloze":
            return [0 if gap["type"] == "choice" else "1" for gap in content["gaps"]]
        case "hotspot":
            return {"x": 1, "y": content["image"]["height"] - 1}
        case "scenario":
            return [wrong(part["kind"], part["content"]) for part in content["parts"]]
    return None


def _fill(gap: Content) -> Any:
    match gap["type"]:
        case "choice":
            return gap["answer"]
        case "number":
            return gap["value"]
    return gap["accept"][0]
