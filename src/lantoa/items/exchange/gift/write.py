"""Questions -> GIFT."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_noop

from lantoa.items.exchange import gaps, shares
from lantoa.items.exchange.gift import signs
from lantoa.items.exchange.markup import files_in, has_picture, without_pictures
from lantoa.items.exchange.rows import Content, Files, Note, Outgoing, Said, Written
from lantoa.items.exchange.tags import tags_of

KINDS = ("single_choice", "multiple_response", "matching", "blank", "essay")
NOT_HELD = gettext_noop("GIFT không chứa dạng câu này; câu không xuất được.")
ARROW = gettext_noop("Đáp án có dấu -> mà GIFT dùng cho ghép đôi; câu không xuất được.")
PICTURES = gettext_noop("GIFT không chứa ảnh; ảnh trong câu không đi theo.")
FIXED = gettext_noop("Phương án giữ nguyên vị trí không được đánh dấu.")
SOURCE = gettext_noop("Nguồn và ghi chú không đi theo.")
MARKING = gettext_noop("Thang chấm, bài mẫu và số từ không đi theo.")
TOGETHER = gettext_noop(
    "Cách chấm “ghép đúng hết mới có điểm” chỉ hệ thống này hiểu; nơi khác chấm từng cặp."
)


def write(items: Iterable[Outgoing], files: Files) -> Written:
    notes: list[Note] = []
    pieces: list[str] = []
    category = ""
    for item in items:
        if refused := _left_out(item):
            notes.append(Note(item.label, Said(refused)))
            continue
        if (wanted := category_of(item)) != category:
            category = wanted
            pieces.append(f"$CATEGORY: {category}\n")
        notes += [Note(item.label, said) for said in _lost(item)]
        pieces.append(_piece(item))
    count = sum(not piece.startswith("$CATEGORY") for piece in pieces)
    return Written("\n".join(pieces).encode(), notes, count)


def _left_out(item: Outgoing) -> str:
    if item.kind not in KINDS:
        return NOT_HELD
    gap = item.content.get("gap", {})
    return ARROW if any("->" in accepted for accepted in gap.get("accept", ())) else ""


def category_of(item: Outgoing) -> str:
    """The folder of an item's topic, as Moodle writes paths."""
    names = [name.replace("/", "//") for name in item.belongs.topic.split("/", 1)[:-1]]
    title = " ".join(item.topic_title.replace("/", "//").split())
    return "/".join(["$course$/top", *names, *([title] if title else [])])


def _piece(item: Outgoing) -> str:
    content = _without_pictures(item.content)
    tags = tags_of(item.belongs) + _reading_tags(item)
    told = "".join(f"[tag:{tag}]" for tag in tags if not set(tag) & set("[]<>`\n"))
    answers = _ANSWERS[item.kind](content)
    if content["explanation"]:
        answers = [*answers, "####" + signs.written(content["explanation"])]
    inner = "".join(f"\n{answer}" for answer in answers)
    body = f"::{signs.escape(item.label)}:: {signs.written(content['stem'])} {{{inner}\n}}\n"
    return f"// {told}\n{body}" if told else body


def _without_pictures(content: Content) -> Content:
    def bare(value: object) -> object:
        if isinstance(value, str):
            return without_pictures(value)
        if isinstance(value, list):
            return [bare(one) for one in value]
        if isinstance(value, dict):
            return {key: bare(one) for key, one in value.items()}
        return value

    found = bare(content)
    assert isinstance(found, dict)
    return found


def _reading_tags(item: Outgoing) -> list[str]:
    """What only our own reading needs to know."""
    if item.kind == "blank" and item.content["gap"]["type"] == "choice":
        return ["kind:blank"]
    if item.kind in ("multiple_response", "matching"):
        usual = "all" if item.kind == "multiple_response" else "each"
        return [f"scoring:{item.content.get('scoring', usual)}"]
    return []


def _single(content: Content) -> list[str]:
    return [
        ("=" if at == content["answer"] else "~") + signs.written(option["text"])
        for at, option in enumerate(content["options"])
    ]


def _several(content: Content) -> list[str]:
    return [
        f"~%{share}%{signs.written(option['text'])}"
        for option, share in zip(content["options"], shares.shares_of(content), strict=True)
    ]


def _matching(content: Content) -> list[str]:
    right = [signs.written(one["text"]) for one in content["right"]]
    used = set(content["pairs"])
    lines = [
        f"={signs.written(one['text'])} -> {right[pair]}"
        for one, pair in zip(content["left"], content["pairs"], strict=True)
    ]
    return lines + [f"= -> {text}" for at, text in enumerate(right) if at not in used]


def _blank(content: Content) -> list[str]:
    gap = content["gap"]
    if gap["type"] == "choice":
        return _single(gap)
    if gap["type"] == "number":
        return [f"#{gap['value']}:{gap['tolerance']}"]
    return ["=" + signs.written_words(one.replace("*", "\\*")) for one in gap["accept"]]


_ANSWERS: dict[str, Callable[[Content], list[str]]] = {
    "single_choice": _single,
    "multiple_response": _several,
    "matching": _matching,
    "blank": _blank,
    "essay": lambda content: [],
}


def _lost(item: Outgoing) -> list[Said]:
    content, lost = item.content, []
    if files_in(content) or has_picture(str(content)):
        lost.append(Said(PICTURES))
    if item.belongs.source or item.belongs.notes:
        lost.append(Said(SOURCE))
    if any(option.get("fixed") for option in content.get("options", ())):
        lost.append(Said(FIXED))
    if item.kind == "multiple_response" and content.get("scoring", "all") == "all":
        lost.append(Said(shares.ALL))
    if item.kind == "matching" and content.get("scoring") == "all":
        lost.append(Said(TOGETHER))
    if item.kind == "blank":
        lost += gaps.lost_of(content["gap"], knows_case=False)
    if item.kind == "essay" and any(
        content.get(name) for name in ("rubric", "sample", "most_words", "least_words")
    ):
        lost.append(Said(MARKING))
    return lost
