"""What stands in the braces of a GIFT question."""

import re

from django.utils.translation import gettext_noop

from lantoa.items.exchange import gaps, shares
from lantoa.items.exchange.gift import signs
from lantoa.items.exchange.markup import as_markup
from lantoa.items.exchange.rows import ReadRow, Said

ANSWERS_ODD = gettext_noop("Không hiểu phần đáp án: “%(answers)s”.")
FEEDBACK = gettext_noop("Nhận xét riêng của từng phương án được gộp vào phần giải thích.")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:[.,]\d*)?)%")
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def read_answers(row: ReadRow, answers: str, form: str, said: dict[str, str]) -> None:
    """Fill in the row by what the braces hold. Raises ValueError when they make no sense."""
    text = answers.strip()
    if (general := _general(text)) >= 0:
        row.content["explanation"] = signs.markup_of(text[general + 4 :], form)
        text = text[:general].strip()
    begins = text.partition("#")[0].strip().upper()
    if not text:
        _essay(row)
    elif text.startswith("#"):
        _number(row, text[1:])
    elif signs.find(text, "~") >= 0:
        _choice(row, text, form, said)
    elif signs.find(text, "=") >= 0 and "->" in text:
        _matching(row, text, form, said)
    elif begins in _TRUTHS:
        _explain(row, [("", piece) for piece in _split_feedback(text)[1:]], form)
        shares.choose_truth(row, right=_TRUTHS[begins])
    else:
        _words(row, text, form)


def _general(text: str) -> int:
    """Where the feedback to the whole question begins, or -1."""
    at, last = signs.find(text, "####"), -1
    while at >= 0:
        last, at = at, signs.find(text, "####", at + 4)
    return last


def _split_feedback(text: str) -> list[str]:
    return [piece.removeprefix("#").strip() for piece in signs.split(text, "#")]


def _pieces(text: str, signs_: str) -> list[str]:
    pieces = [piece.strip() for piece in signs.split(text, signs_)]
    return [piece for piece in pieces if piece]


def _weighed(piece: str, otherwise: float) -> tuple[float, str]:
    """The share that a piece (without its sign) begins with, and the rest."""
    text = piece.lstrip()
    if found := _WEIGHT.match(text):
        return float(found[1].replace(",", ".")), text[found.end() :]
    return otherwise, text


def _choice(row: ReadRow, text: str, form: str, said: dict[str, str]) -> None:
    options, parts, told = [], [], []
    has_full = False
    for piece in _pieces(text, "=~"):
        share, rest = _weighed(piece[1:], 100 if piece[0] == "=" else 0)
        has_full = has_full or piece[0] == "="
        answer, *feedback = _split_feedback(rest)
        options.append({"text": signs.markup_of(answer, form)})
        parts.append(share)
        told += [(options[-1]["text"], one) for one in feedback]
    _explain(row, told, form)
    if has_full or sum(share > 0 for share in parts) < 2:
        shares.choose_one(row, options, parts)
        if said.get("kind") == "blank" and not row.problems:
            _as_blank(row)
        return
    shares.choose_several(row, options, parts, said.get("scoring", ""))


def _as_blank(row: ReadRow) -> None:
    content = row.content
    gap = {"type": "choice", "options": content.pop("options"), "answer": content.pop("answer")}
    row.kind = "blank"
    content["gap"] = gap


def _matching(row: ReadRow, text: str, form: str, said: dict[str, str]) -> None:
    left, right, pairs = [], [], []
    for piece in _pieces(text, "="):
        one, arrow, other = piece.removeprefix("=").partition("->")
        if not arrow:
            raise ValueError(piece)
        answer = signs.markup_of(other, form)
        if answer not in right:
            right.append(answer)
        if asked := signs.markup_of(one, form):
            left.append({"text": asked})
            pairs.append(right.index(answer))
    row.kind = "matching"
    row.content |= {
        "left": left,
        "right": [{"text": one} for one in right],
        "pairs": pairs,
        "scoring": said.get("scoring", "each"),
    }


def _words(row: ReadRow, text: str, form: str) -> None:
    found, told = [], []
    for piece in _pieces(text, "="):
        share, rest = _weighed(piece.removeprefix("="), 100)
        answer, *feedback = _split_feedback(rest)
        words = signs.unescape(signs.form_of(answer)[1])
        found.append((words, share))
        told += [(as_markup(words), one) for one in feedback]
    _explain(row, told, form)
    row.kind = "blank"
    row.content["gap"] = gaps.text_gap(gaps.accepted(found, row.problems, row.notes))


def _number(row: ReadRow, text: str) -> None:
    found, told = [], []
    for piece in _pieces(text, "=") or [text]:
        share, rest = _weighed(piece.removeprefix("="), 100)
        answer, *feedback = _split_feedback(rest)
        told += [(as_markup(answer), one) for one in feedback]
        if share >= 100:
            found.append(answer)
        else:
            row.notes.append(Said(gaps.PARTIAL, {"answers": answer[:80]}))
    _explain(row, told, "")
    if not found:
        raise ValueError(text)
    if len(found) > 1:
        row.notes.append(Said(gaps.PARTIAL, {"answers": ", ".join(found[1:])[:80]}))
    low, dots, high = found[0].partition("..")
    value, _, tolerance = found[0].partition(":")
    gap = gaps.between(low, high) if dots else gaps.number_gap(value, tolerance)
    if gap is None:
        row.problems.append(Said(gaps.UNREADABLE_NUMBER, {"number": found[0][:40]}))
    row.kind, row.content["gap"] = "blank", gap


def _essay(row: ReadRow) -> None:
    row.kind = "essay"
    row.content |= {"most_words": None, "least_words": None, "rubric": [], "sample": ""}


def _explain(row: ReadRow, told: list[tuple[str, str]], form: str) -> None:
    """Feedback on single answers has no place of its own here: it goes to the explanation."""
    lines = [(of, signs.markup_of(text, form)) for of, text in told if text]
    if lines:
        row.notes.append(Said(FEEDBACK))
        row.content["explanation"] += "".join(
            f"<p>{of}: {line}</p>" if of else f"<p>{line}</p>" for of, line in lines
        )
