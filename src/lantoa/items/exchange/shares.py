"""Options with shares of the points, as GIFT and Moodle write them, and our two kinds of choice."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from lantoa.items.exchange.rows import Content, ReadRow, Said

ALL = gettext_noop(
    "Cách chấm “đúng hết mới có điểm” chỉ hệ thống này hiểu; nơi khác sẽ cho điểm một phần."
)
SEVERAL_FULL = gettext_noop("Có hơn một phương án được trọn điểm trong câu chỉ chọn một.")
NONE_RIGHT = gettext_noop("Không có phương án nào được trọn điểm.")
PART_LEFT = gettext_noop("Phương án được một phần điểm coi như sai.")
ONE_RIGHT = gettext_noop("Câu cho chọn nhiều nhưng chỉ một phương án đúng, thành câu chọn một.")
UNEVEN = gettext_noop("Các phương án đúng có điểm khác nhau; khi nhập, điểm chia đều.")
TRUE, FALSE = "Đúng", "Sai"


def shares_of(content: Content) -> list[str]:
    """The share of each option of a multiple response, in percent."""
    right = content["answers"]
    share = _percent(100 / len(right))
    wrong = "-100" if content.get("scoring", "all") == "all" else f"-{share}"
    return [share if at in right else wrong for at in range(len(content["options"]))]


def _percent(share: float) -> str:
    return f"{share:.5f}".rstrip("0").rstrip(".")


def choose_one(row: ReadRow, options: Sequence[Content], shares: Sequence[float]) -> None:
    """A single choice of what was read."""
    full = [at for at, share in enumerate(shares) if share >= 100]
    if len(full) != 1:
        row.problems.append(Said(SEVERAL_FULL if full else NONE_RIGHT))
    if any(0 < share < 100 for share in shares):
        row.notes.append(Said(PART_LEFT))
    row.kind = "single_choice"
    row.content |= {"options": list(options), "answer": full[0] if full else None}


def choose_several(
    row: ReadRow, options: Sequence[Content], shares: Sequence[float], scoring: str = ""
) -> None:
    """A multiple response; with one right option only it is a single choice."""
    right = [at for at, share in enumerate(shares) if share > 0]
    if len(right) == 1:
        row.notes.append(Said(ONE_RIGHT))
        row.kind = "single_choice"
        row.content |= {"options": list(options), "answer": right[0]}
        return
    if len({round(shares[at], 1) for at in right}) > 1:
        row.notes.append(Said(UNEVEN))
    wrong = [share for share in shares if share <= 0]
    taken = any(-100 < share < 0 for share in wrong)
    row.kind = "multiple_response"
    row.content |= {
        "options": list(options),
        "answers": right,
        "scoring": scoring if scoring in ("all", "partial") else ("partial" if taken else "all"),
    }


def choose_truth(row: ReadRow, *, right: bool) -> None:
    """A statement that is true or false, as a choice between the two words, in their order."""
    row.kind = "single_choice"
    row.content |= {
        "options": [{"text": TRUE, "fixed": True}, {"text": FALSE, "fixed": True}],
        "answer": 0 if right else 1,
    }
