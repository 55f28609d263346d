"""Decisions about items and blueprints that need no database."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lantoa.items.rich_text import plain
from lantoa.kernel.text import nfc

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


def lines(text: str) -> str:
    """What people write in several lines, as it is stored."""
    return nfc(text).replace("\r\n", "\n").strip()


def same_content(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def may_approve(
    *, purpose: str, has_topic: bool, stage: str = "fit", is_retired: bool = False
) -> None:
    """Only what a reviewer found fit. An exam item is drawn by topic, so it needs one."""
    may_move(is_retired=is_retired)
    if stage not in ("fit", "approved"):
        raise NotAllowed(_("Bản này chưa được thẩm định là đạt nên chưa duyệt được."))
    if purpose == "exam" and not has_topic:
        raise NotAllowed(_("Câu hỏi thi phải thuộc một chuyên đề trước khi duyệt."))


def headline(content: Mapping[str, Any]) -> str:
    """What an item is called in lists: the words of what it asks, of any kind."""
    asked = content.get("stem") or content.get("text") or ""
    return " ".join(_GAP.sub("…", plain(asked)).split())


def may_move(*, is_retired: bool) -> None:
    """What isn't used any more goes nowhere until it is used again."""
    if is_retired:
        raise NotAllowed(_("Câu hỏi đã ngừng dùng; hãy cho dùng lại trước."))


def may_send(*, stage: str, is_retired: bool) -> None:
    """A version goes to review once. What was returned is corrected first, as a new version."""
    may_move(is_retired=is_retired)
    if stage == "returned":
        raise NotAllowed(_("Bản này bị trả lại; hãy sửa rồi gửi bản mới."))
    if stage == "waiting":
        raise NotAllowed(_("Bản này đang chờ thẩm định."))
    if stage != "writing":
        raise NotAllowed(_("Bản này đã được thẩm định."))


def may_review(
    *,
    reviewer: int | None,
    author: int | None,
    has_others: bool,
    stage: str = "waiting",
    is_retired: bool = False,
) -> bool:
    """Whether a review now would be the author's own. Four eyes see more than two: nobody reviews
    what they wrote while another examiner could. A unit with one examiner must still get on, so
    there they may, and the history says so. `reviewer` None is the system itself. A reviewer may
    change their mind until the version is approved, and needn't wait until it is sent.
    """
    may_move(is_retired=is_retired)
    if stage == "approved":
        raise NotAllowed(
            _("Bản này đã duyệt. Nếu có lỗi, hãy sửa thành bản mới hoặc ngừng dùng câu hỏi.")
        )
    own = reviewer is not None and reviewer == author
    if own and has_others:
        raise NotAllowed(
            _("Người soạn không tự thẩm định khi đơn vị còn người phụ trách khảo thí khác.")
        )
    return own


def state_of(*, is_approved: bool, stage: str) -> str:
    """The state of an item in use, from its versions: forms draw what was approved, whatever is
    under way beside it."""
    if is_approved:
        return "approved"
    return "reviewed" if stage == "fit" else "draft"
