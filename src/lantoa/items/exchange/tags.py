"""What an item belongs to, as the tags that GIFT and Moodle keep with a question."""

from collections.abc import Iterable

from lantoa.items.exchange.rows import Belongs

SIMPLE = ("topic", "competence", "level", "difficulty", "purpose")


def tags_of(belongs: Belongs) -> list[str]:
    tags = [f"{name}:{value}" for name in SIMPLE if (value := getattr(belongs, name))]
    if belongs.seconds:
        tags.append(f"seconds:{belongs.seconds}")
    return tags


def read_tags(tags: Iterable[str], belongs: Belongs) -> dict[str, str]:
    """Fill in what the tags say; tags of ours that say how an item is to be read come back."""
    rest: dict[str, str] = {}
    for tag in tags:
        name, colon, value = tag.strip().partition(":")
        if not colon or not value:
            continue
        if name in SIMPLE:
            setattr(belongs, name, value)
            belongs.guessed = belongs.guessed and name != "topic"
        elif name == "seconds" and value.isascii() and value.isdigit() and len(value) < 6:
            belongs.seconds = int(value)
        elif name in ("kind", "scoring"):
            rest[name] = value
    return rest
