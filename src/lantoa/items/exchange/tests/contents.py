"""Contents of every kind as hypothesis makes them up, of the shapes that the kinds keep to."""

import html
import struct
from typing import Any

from hypothesis import strategies as st

from lantoa.items.exchange.markup import new_key
from lantoa.items.exchange.rows import Attached
from lantoa.items.rich_text import clean_block, clean_inline

Content = dict[str, Any]
Drawn = st.SearchStrategy[Any]

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy ÁỐữ0123456789"
SIGNS = "~=#{}:\\%-><&\"'[]()*|.,;/!?@+$_^`"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\0\0\0"
FILES = {new_key(PICTURE): Attached("so do.png", PICTURE)}
SHEET = b"not really a sheet"
FILES[new_key(SHEET)] = Attached("Bảng điểm.xlsx", SHEET)
IMG = f'<img data-file="{new_key(PICTURE)}" alt="Sơ đồ &amp; &quot;bảng&quot;">'

words = (
    st.text(alphabet=LETTERS + SIGNS, min_size=1, max_size=25)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(letter.isalnum() for letter in text))
)


def _inline(text: str) -> str:
    return clean_inline(html.escape(text, quote=False))


def _bold(text: str) -> str:
    return clean_inline(f"<strong>{html.escape(text, quote=False)}</strong> x<sup>2</sup>")


def _paragraphs(pair: tuple[str, str]) -> str:
    one, other = (html.escape(text, quote=False) for text in pair)
    return clean_block(f"<p>{one}</p><ul><li>{other}<br>b</li></ul><pre>x\n  y</pre>")


plain = words.map(_inline)
inline = st.one_of(plain, words.map(_bold))
block = st.one_of(plain, st.tuples(words, words).map(_paragraphs))
explanation = st.one_of(st.just(""), block)


def several(of: Drawn, fewest: int, most: int) -> Drawn:
    return st.lists(of, min_size=fewest, max_size=most, unique=True)


def texts(of: Drawn, fewest: int, most: int) -> Drawn:
    return several(of, fewest, most).map(lambda found: [{"text": text} for text in found])


@st.composite
def single(draw: st.DrawFn, text: Drawn = inline, stem: Drawn = block) -> Content:
    options = draw(texts(text, 2, 6))
    return {
        "stem": draw(stem),
        "options": options,
        "answer": draw(st.integers(0, len(options) - 1)),
        "explanation": draw(explanation),
    }


@st.composite
def fixed(draw: st.DrawFn) -> Content:
    content = draw(single())
    for option in content["options"]:
        if draw(st.booleans()):
            option["fixed"] = True
    return content


@st.composite
def multiple(draw: st.DrawFn) -> Content:
    options = draw(texts(inline, 2, 6))
    answers = draw(several(st.integers(0, len(options) - 1), 2, len(options)))
    return {
        "stem": draw(block),
        "options": options,
        "answers": sorted(answers),
        "scoring": draw(st.sampled_from(["all", "partial"])),
        "explanation": draw(explanation),
    }


@st.composite
def true_false(draw: st.DrawFn) -> Content:
    statements = [{**one, "true": draw(st.booleans())} for one in draw(texts(inline, 2, 6))]
    return {
        "stem": draw(block),
        "statements": statements,
        "scoring": draw(st.sampled_from(["each", "all", "steps"])),
        "explanation": draw(explanation),
    }


@st.composite
def matching(draw: st.DrawFn) -> Content:
    left = draw(texts(inline, 2, 5))
    right = draw(texts(inline, len(left), len(left) + 2))
    order = draw(st.permutations(range(len(right))))
    return {
        "stem": draw(block),
        "left": left,
        "right": right,
        "pairs": list(order)[: len(left)],
        "scoring": draw(st.sampled_from(["each", "all"])),
        "explanation": draw(explanation),
    }


@st.composite
def ordering(draw: st.DrawFn) -> Content:
    return {
        "stem": draw(block),
        "parts": draw(texts(inline, 2, 8)),
        "scoring": draw(st.sampled_from(["all", "each"])),
        "explanation": draw(explanation),
    }


numbers = st.decimals(-10_000, 10_000, places=2, allow_nan=False).map(str)
text_gap = st.fixed_dictionaries(
    {
        "type": st.just("text"),
        "accept": several(words, 1, 4),
        "ignore_case": st.booleans(),
        "ignore_accents": st.booleans(),
    }
)
number_gap = st.fixed_dictionaries(
    {"type": st.just("number"), "value": numbers, "tolerance": st.sampled_from(["0", "0.1", "2"])}
)


@st.composite
def choice_gap(draw: st.DrawFn) -> Content:
    options = draw(texts(plain, 2, 5))
    answer = draw(st.integers(0, len(options) - 1))
    return {"type": "choice", "options": options, "answer": answer}


gap = st.one_of(text_gap, number_gap, choice_gap())


@st.composite
def blank(draw: st.DrawFn) -> Content:
    return {"stem": draw(block), "gap": draw(gap), "explanation": draw(explanation)}


@st.composite
def cloze(draw: st.DrawFn) -> Content:
    gaps = draw(st.lists(gap, min_size=1, max_size=4))
    pieces = [f"{draw(plain)} [[{at}]] " for at in range(1, len(gaps) + 1)]
    text = clean_block(f"<p>{''.join(pieces)}</p>")
    return {"text": text, "gaps": gaps, "explanation": draw(explanation)}


rubric = st.lists(st.fixed_dictionaries({"title": words, "points": st.integers(1, 20)}), max_size=4)
count = st.one_of(st.none(), st.integers(1, 3000))


@st.composite
def essay(draw: st.DrawFn) -> Content:
    return {
        "stem": draw(block),
        "most_words": draw(count),
        "least_words": draw(count),
        "rubric": draw(rubric),
        "sample": draw(explanation),
        "explanation": draw(explanation),
    }


@st.composite
def file_task(draw: st.DrawFn) -> Content:
    handed = {"file": new_key(SHEET), "name": "Bảng điểm.xlsx"}
    return {
        "stem": draw(block),
        "files": [handed] if draw(st.booleans()) else [],
        "accept": draw(several(st.sampled_from(["docx", "xlsx", "pptx", "pdf"]), 1, 4)),
        "rubric": draw(rubric),
        "sample": draw(explanation),
        "explanation": draw(explanation),
    }


pixel = st.integers(0, 400)
area = st.one_of(
    st.tuples(pixel, pixel, pixel, pixel).map(lambda at: {"shape": "rect", "at": list(at)}),
    st.tuples(pixel, pixel, pixel).map(lambda at: {"shape": "circle", "at": list(at)}),
    st.lists(st.tuples(pixel, pixel), min_size=3, max_size=5).map(
        lambda at: {"shape": "polygon", "at": [number for pair in at for number in pair]}
    ),
)


@st.composite
def hotspot(draw: st.DrawFn) -> Content:
    image = {"file": new_key(PICTURE), "alt": draw(words), "width": 640, "height": 480}
    return {
        "stem": draw(block),
        "image": image,
        "areas": draw(st.lists(area, min_size=1, max_size=3)),
        "explanation": draw(explanation),
    }


@st.composite
def scenario(draw: st.DrawFn) -> Content:
    kinds = ("single_choice", "multiple_response", "true_false", "matching", "ordering", "blank")
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=2, max_size=4))
    parts = [{"kind": kind, "content": draw(CONTENTS[kind])} for kind in chosen]
    return {"stem": draw(block), "parts": parts, "explanation": draw(explanation)}


CONTENTS: dict[str, Drawn] = {
    "single_choice": single(),
    "multiple_response": multiple(),
    "true_false": true_false(),
    "matching": matching(),
    "ordering": ordering(),
    "blank": blank(),
    "cloze": cloze(),
    "hotspot": hotspot(),
    "essay": essay(),
    "file_task": file_task(),
}
CONTENTS["scenario"] = scenario()


def files(key: str) -> Attached | None:
    return FILES.get(key)


def settled(kind: str, content: Content) -> Content:
    """The right column of a matching has no order of its own: it is always shuffled."""
    if kind == "scenario":
        parts = [{**p, "content": settled(p["kind"], p["content"])} for p in content["parts"]]
        return {**content, "parts": parts}
    if kind != "matching":
        return content
    ordered = sorted(one["text"] for one in content["right"])
    pairs = [ordered.index(content["right"][pair]["text"]) for pair in content["pairs"]]
    return {**content, "right": [{"text": text} for text in ordered], "pairs": pairs}
