"""Decisions about items and blueprints that need no database."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lantoa.items.rich_text import plain

_GAP = re.compile(r"\[\[[0-9]+\]\]")


class InvalidContent(ValueError):
    """An item can't be saved as it is; `problems` are sentences for its author."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


class NotAllowed(ValueError):
    """The step isn't possible now; the message says why."""


@dataclass(frozen=True)
class Shortage:
    """A cell for which the bank holds too few approved items."""

    topic: str
    level: str
    needed: int
    available: int
    kind: str = ""

    @property
    def sentence(self) -> str:
        said = _(
            "%(topic)s, mức %(level)s: cần %(needed)d câu đã duyệt, ngân hàng có %(available)d, "
            "thiếu %(missing)d."
        )
        if self.kind:
            said = _(
                "%(topic)s, mức %(level)s, dạng %(kind)s: cần %(needed)d câu đã duyệt, "
                "ngân hàng có %(available)d, thiếu %(missing)d."
            )
        return said % self._told

    @property
    def _told(self) -> dict[str, object]:
        return {
            "topic": self.topic,
            "level": self.level,
            "kind": self.kind,
            "needed": self.needed,
            "available": self.available,
            "missing": self.needed - self.available,
        }


class BankTooSmall(ValueError):
    """No form can be drawn; `shortages` says which cell lacks how many, or `reason` why else."""

    def __init__(self, shortages: Sequence[Shortage], reason: str = "") -> None:
        super().__init__(" ".join([s.sentence for s in shortages] or [reason]))
        self.shortages = list(shortages)


def same_content(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def may_approve(*, purpose: str, has_topic: bool) -> None:
    """An exam item is drawn by topic, so it needs one."""
    if purpose == "exam" and not has_topic:
        raise NotAllowed(_("Câu hỏi thi phải thuộc một chuyên đề trước khi duyệt."))


def headline(content: Mapping[str, Any]) -> str:
    """What an item is called in lists: the words of what it asks, of any kind."""
    asked = content.get("stem") or content.get("text") or ""
    return " ".join(_GAP.sub("…", plain(asked)).split())
