"""Gaps inside a text, as Moodle's embedded answers write them: {1:SHORTANSWER:=a~=b}."""

import html
import re

from django.utils.translation import gettext_noop

from lantoa.items.exchange import gaps
from lantoa.items.exchange.rows import Content, Said

MANY = gettext_noop("Chỗ trống cho chọn nhiều đáp án không nhận được.")
ODD_GAP = gettext_noop("Không đọc được chỗ trống “%(gap)s”.")
_GAP = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\{}])*)\}", re.DOTALL)
_LOOKS_LIKE_GAP = re.compile(r"\{(?=\d*:)")
_MARKER = re.compile(r"\[\[(\d+)\]\]")
_SHARE = re.compile(r"=|%(-?\d+(?:[.,]\d*)?)%")
_SIGN = re.compile(r"[~#{}\\]")
_UNSIGN = re.compile(r"\\(.)", re.DOTALL)
_CUT = re.compile(r"\\.|~", re.DOTALL)
_FEEDBACK = re.compile(r"\\.|(?<!&)#", re.DOTALL)
WORDS = {"SHORTANSWER": True, "SA": True, "MW": True}
WORDS |= {"SHORTANSWER_C": False, "SAC": False, "MWC": False}
NUMBERS = ("NUMERICAL", "NM")
CHOICES = re.compile(r"(MULTICHOICE(_[VH]S?|_S)?|MC[VH]?S?)")


def read_text(text: str, problems: list[Said], notes: list[Said]) -> tuple[str, list[Content]]:
    """The text with markers in the gaps' places, and the gaps."""
    found: list[Content] = []

    def mark(match: re.Match[str]) -> str:
        gap = read_gap(match[2], match[3], problems, notes)
        if gap is None:
            problems.append(Said(ODD_GAP, {"gap": match[0][:60]}))
            return match[0]
        found.append(gap)
        return f"[[{len(found)}]]"

    kept = _MARKER.sub(r"[ [\1] ]", text)
    return _GAP.sub(mark, kept).replace("&#123;", "{"), found


def gap_in(code: str) -> re.Match[str] | None:
    return _GAP.fullmatch(code)


def guarded(markup: str) -> str:
    """Text in which nothing is taken for a gap that is none."""
    return _LOOKS_LIKE_GAP.sub("&#123;", markup)


def write_text(text: str, written: list[Content]) -> str:
    def code(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        return gap_code(written[at]) if 0 <= at < len(written) else match[0]

    return _MARKER.sub(code, guarded(text))


def read_gap(kind: str, body: str, problems: list[Said], notes: list[Said]) -> Content | None:
    answers = [_answer(piece) for piece in _cut(body, _CUT)]
    if kind in WORDS:
        told = [(html.unescape(text), share) for text, share in answers]
        accept = gaps.accepted(told, problems, notes)
        return gaps.text_gap(accept, ignore_case=WORDS[kind]) if accept else None
    if kind in NUMBERS:
        full = [text for text, share in answers if share >= 100]
        value, _, tolerance = (full or [""])[0].partition(":")
        return gaps.number_gap(value, tolerance)
    if not CHOICES.fullmatch(kind):
        if kind.startswith(("MULTIRESPONSE", "MR")):
            problems.append(Said(MANY))
        return None
    right = [at for at, (_, share) in enumerate(answers) if share >= 100]
    if len(right) != 1:
        return None
    return {
        "type": "choice",
        "options": [{"text": text} for text, _ in answers],
        "answer": right[0],
    }


def _answer(piece: str) -> tuple[str, float]:
    found = _SHARE.match(piece)
    share = 0.0
    if found:
        share = float(found[1].replace(",", ".")) if found[1] else 100.0
        piece = piece[found.end() :]
    text = _cut(piece, _FEEDBACK)[0]
    # `\*` is a star that stands for itself: whoever reads the words takes that sign off.
    return _UNSIGN.sub(lambda m: m[0] if m[1] == "*" else m[1], text).strip(), share


def _cut(text: str, sign: re.Pattern[str]) -> list[str]:
    places = [found.start() for found in sign.finditer(text) if text[found.start()] != "\\"]
    begins = [0, *(place + 1 for place in places)]
    return [text[b:e] for b, e in zip(begins, [*places, len(text)], strict=True)]


def gap_code(gap: Content) -> str:
    if gap["type"] == "number":
        return f"{{1:NUMERICAL:={gap['value']}:{gap['tolerance']}}}"
    if gap["type"] == "text":
        kind = "SHORTANSWER" if gap.get("ignore_case", True) else "SHORTANSWER_C"
        told = [f"={_signed(html.escape(one, quote=False))}" for one in gap["accept"]]
        told = [one.replace("*", "\\*") for one in told]
        return f"{{1:{kind}:{'~'.join(told)}}}"
    options = gap["options"]
    told = [
        ("=" if at == gap["answer"] else "") + _leading(_signed(one["text"]))
        for at, one in enumerate(options)
    ]
    return f"{{1:MULTICHOICE:{'~'.join(told)}}}"


def _signed(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text)


def _leading(text: str) -> str:
    """A wrong option that begins like a share of the points."""
    return "\\" + text if text.startswith(("=", "%")) else text


def code_of_truth(right: bool, words: tuple[str, str]) -> str:
    return gap_code(
        {"type": "choice", "options": [{"text": w} for w in words], "answer": 0 if right else 1}
    )
