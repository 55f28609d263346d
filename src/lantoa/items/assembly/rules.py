"""Which steps a form may take, and its code. Pure."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from lantoa.items.rules import NotAllowed

MOST_FORMS = 50
FIRST_CODE = 101


def free_codes(taken: Collection[str], count: int) -> list[str]:
    """The next codes, counting on from the highest number in use: a code is never given twice."""
    numbers = [int(code) for code in taken if code.isascii() and code.isdigit()]
    first = max([FIRST_CODE - 1, *numbers]) + 1
    return [str(first + n) for n in range(count)]


def may_assemble(forms: int) -> None:
    if not 1 <= forms <= MOST_FORMS:
        raise NotAllowed(_("Mỗi lần dựng từ 1 đến %(most)d đề.") % {"most": MOST_FORMS})


def may_swap(state: str) -> None:
    if state == "reviewed":
        raise NotAllowed(_("Đề đã thẩm định; hãy trả lại đề trước khi đổi câu."))
    if state != "draft":
        raise NotAllowed(_("Đề đã ban hành hoặc ngừng dùng thì không đổi câu được nữa."))


def may_review(
    state: str, *, fit: bool, reviewer: int | None, hands: Collection[int | None]
) -> None:
    """`hands`: who assembled the form or swapped an item of it; another looks it through. What was
    found fit can still be given back until it is published."""
    if state not in ("draft", "reviewed") or (fit and state == "reviewed"):
        raise NotAllowed(_("Đề này không chờ thẩm định."))
    if fit and reviewer is not None and reviewer in hands:
        raise NotAllowed(
            _(
                "Người dựng đề hoặc đổi câu không tự thẩm định; cần một người phụ trách khảo thí "
                "khác."
            )
        )


def may_publish(state: str) -> None:
    if state == "draft":
        raise NotAllowed(_("Đề phải được thẩm định trước khi ban hành."))
    if state != "reviewed":
        raise NotAllowed(_("Đề này đã ban hành hoặc đã ngừng dùng."))


def may_retire(state: str) -> None:
    if state == "retired":
        raise NotAllowed(_("Đề này đã ngừng dùng."))
