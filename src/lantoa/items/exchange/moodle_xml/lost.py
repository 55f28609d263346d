"""What a Moodle file can't carry of an item."""

from django.utils.translation import gettext_noop

from lantoa.items.exchange import gaps, shares
from lantoa.items.exchange.rows import Outgoing, Said

FIXED = gettext_noop("Moodle chỉ giữ nguyên vị trí cho cả câu, không cho riêng từng phương án.")
SOURCE = gettext_noop("Nguồn và ghi chú không đi theo.")
TOGETHER = gettext_noop("Cách chấm của câu chỉ hệ thống này hiểu; Moodle chấm riêng từng ý.")
AREAS = gettext_noop("Câu có nhiều vùng đúng; Moodle đòi đánh dấu đủ mọi vùng.")
ANSWER_FORM = gettext_noop("Moodle chỉ hiện chữ ở cột bên phải của câu ghép đôi, không định dạng.")


def lost_of(item: Outgoing) -> list[Said]:
    content, lost = item.content, []
    options = content.get("options", ())
    fixed = [bool(option.get("fixed")) for option in options]
    if any(fixed) and not all(fixed):
        lost.append(Said(FIXED))
    if item.belongs.source or item.belongs.notes:
        lost.append(Said(SOURCE))
    if item.kind == "multiple_response" and content.get("scoring", "all") == "all":
        lost.append(Said(shares.ALL))
    if item.kind == "matching":
        if content.get("scoring") == "all":
            lost.append(Said(TOGETHER))
        if any("<" in one["text"] for one in content["right"]):
            lost.append(Said(ANSWER_FORM))
    if item.kind == "true_false" and content.get("scoring", "each") != "each":
        lost.append(Said(TOGETHER))
    if item.kind == "hotspot" and len(content["areas"]) > 1:
        lost.append(Said(AREAS))
    every = [content["gap"]] if item.kind == "blank" else content.get("gaps", [])
    for gap in every:
        lost += [one for one in gaps.lost_of(gap, knows_case=True) if one not in lost]
    return lost
