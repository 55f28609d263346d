"""Which items are the same to the letter, whatever file they came from. Pure."""

import json
from collections.abc import Callable
from hashlib import sha256

from lantoa.items.exchange.markup import change_files
from lantoa.items.exchange.rows import Content


def fingerprint(kind: str, content: Content, digest_of: Callable[[str], str]) -> str:
    """Equal for equal items: a picture counts by its bytes (`digest_of` its id), the right column
    of a matching in no order."""
    told = change_files(_settled(kind, content), digest_of)
    text = json.dumps([kind, told], sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _settled(kind: str, content: Content) -> Content:
    if kind == "scenario":
        parts = [{**p, "content": _settled(p["kind"], p["content"])} for p in content["parts"]]
        return {**content, "parts": parts}
    if kind != "matching":
        return content
    ordered = sorted(one["text"] for one in content["right"])
    pairs = [ordered.index(content["right"][pair]["text"]) for pair in content["pairs"]]
    return {**content, "right": ordered, "pairs": pairs}
