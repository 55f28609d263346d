import random
import re
from contextlib import suppress

import nh3
import pytest

from lantoa.items import rich_text
from lantoa.items.formulas import BadFormula, mathml
from lantoa.items.rich_text import (
    clean_block,
    clean_inline,
    from_source,
    plain,
    problems,
    to_source,
)
from lantoa.items.tests.samples import FILE

IMAGE = f'<img data-file="{FILE}" alt="Sơ đồ">'


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Một dòng", "Một dòng"),
        ("Hai\ndòng", "Hai<br>dòng"),
        ("Đoạn một\n\nĐoạn hai\n", "<p>Đoạn một</p><p>Đoạn hai</p>"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
        (f"Xem {IMAGE}", f"Xem {IMAGE}"),
        (f"Xem\n\n{IMAGE} 5 < 6", f"<p>Xem</p><p>{IMAGE} 5 &lt; 6</p>"),
        ("<p>Có <strong>thẻ</strong></p>", "<p>Có <strong>thẻ</strong></p>"),
        ("", ""),
    ],
)
def test_what_is_typed_is_stored_and_shown_again(typed: str, stored: str) -> None:
    assert (from_source(typed) if typed else "") == stored
    assert clean_block(stored) == stored
    assert to_source(stored) == typed.strip()


def test_the_words_alone() -> None:
    assert plain("<p>A &lt; B</p>").strip() == "A < B"


FORMULAS = [
    r"\(x^2\)", r"Nếu \(a<b\) & \(b > c\)", r"\(\frac{1}{2}\)", r"\(\sqrt[3]{x}\)", r"\(x_1^2\)",
    r"\(\begin{pmatrix}a & b \\ (c) & d\end{pmatrix}\)", r"\(\text{Nếu } x\)", r"\(50\%\)",
    r"<p>Một <em>câu</em> có \(a &lt; b\)</p>", rf"\(x\) và {IMAGE}", r"\(\sum_{i=1}^{n} i\)",
    r"\(\left( x \right)\)", r"\(\vec{a}\)", r'\(\text{"}\)',
]  # fmt: skip


@pytest.mark.parametrize("typed", FORMULAS)
def test_formulas_are_stored_as_mathml_and_come_back_as_typed(typed: str) -> None:
    stored = clean_block(from_source(typed))
    assert "<math alttext=" in stored
    assert problems(stored) == []
    assert clean_block(stored) == stored
    assert to_source(stored) == typed
    assert clean_block(from_source(to_source(stored))) == stored
    assert "<m" not in plain(stored)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (r"\(\frac{a\)", "số dấu { và }"), (r"\(a}{b\)", "số dấu { và }"), (r"\(\)", "chưa có gì"),
        (r"\(\foo x\)", r"không hiểu lệnh \foo"), (r"\(x^\)", "thiếu phần"),
        (r"\(\frac{a}\)", "thiếu phần"), (r"\(\left( x\)", "thiếu phần"), (r"\(a & b\)", "dấu &"),
        (rf"\({'x' * 501}\)", "dài quá"), (rf"\({'{' * 40}x{'}' * 40}\)", "quá sâu"),
        (r"\(x", "chưa đóng"), (r"\begin{x}\(", "chưa đóng"),
        (r"\(\begin{array}{c}\)", "thiếu phần"), (r"\(x\) " * 61, "Quá nhiều công thức"),
        (r"\(" + r"\sqrt" * 90 + r"\)", "thiếu phần"),
    ],
)  # fmt: skip
def test_a_bad_formula_gets_a_sentence_and_stays_as_typed(typed: str, words: str) -> None:
    stored = clean_block(from_source(typed))
    assert any(words in sentence for sentence in problems(stored)), problems(stored)
    assert clean_block(stored) == stored
    assert to_source(stored) == typed.strip()


def test_a_formula_may_be_long_and_must_not_be_slow() -> None:
    for hostile in ("^" * 500, "{}" * 250, "_{^{" * 60, r"\frac" * 100, "\\" * 250, "&" * 500):
        with suppress(BadFormula):
            mathml(hostile)


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    f'<img data-file="{FILE}" src="http://x" onerror="alert(1)" style="x" alt="a">',
    f"<img data-file='{FILE}' alt='\"><script>alert(1)</script>'>",
    '<img data-file="../../x" alt="a">',
    "<img data-file='javascript:alert(1)' alt='a'>",
    "<math href='javascript:alert(1)'><mi>x</mi></math>",
    "<math><mi style='x' xlink:href='javascript:alert(1)' onclick='a'>x</mi></math>",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=a&gt;'>",
    "<math><annotation-xml encoding='text/html'><iframe src='javascript:a'></iframe></math>",
    "<math><maction actiontype='statusline#http://x'>x</maction></math>",
    "<math alttext='\"><script>a</script>'><mi>x</mi></math>",
    "<math><script>alert(1)</script></math>",
    r"\(\href{javascript:alert(1)}{x}\)", r"\(\text{<img src=x onerror=alert(1)>}\)",
    r"\(\style{background:url(x)}{x}\)", r"\(\class{evil}{x}\)",
    r"\(\text{</math><script>a</script>}\)",
    r"<img alt='\(x\)' data-file='x'>", f'<img data-file="{FILE}" alt="\\(x\\) onerror=a">',
    "<b>x<math><b>y</math>", "<math><img src=x onerror=a></math>", "<a href='javascript:a'>x</a>",
    "<p onclick=a>x</p><form action=x><input name=csrfmiddlewaretoken></form>",
    "&lt;script&gt;a&lt;/script&gt;",
    "\ue0000\ue001 \\(x\\) \ue0009\ue001", "<base href=x><meta http-equiv=refresh content=0>",
]  # fmt: skip

ALLOWED = re.compile(r"</?([a-z]+)((?: [a-z-]+=\"[^\"<>]*\")*)>")


def is_harmless(markup: str) -> bool:
    """Nothing but the tags and attributes of our list, each in its one spelling."""
    for tag in re.findall(r"<[^>]*>?", markup):
        match = ALLOWED.fullmatch(tag)
        known = match and match[1] in rich_text.BLOCK | rich_text.MATH | {"img"}
        if not match or not known:
            return False
        for name, _value in re.findall(r' ([a-z-]+)="([^"]*)"', match[2]):
            if name not in rich_text.ATTRIBUTES.get(match[1], ()):
                return False
        if match[1] == "img" and not rich_text.IMAGE.fullmatch(tag):
            return False
    return True


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_markup_is_disarmed(hostile: str) -> None:
    for source in (hostile, from_source(hostile), f"<p>{hostile}</p>"):
        for clean in (clean_block, clean_inline):
            stored = clean(source)
            assert is_harmless(stored), stored
            assert clean(stored) == stored
            assert is_harmless(clean(from_source(to_source(stored))))
            assert "<script" not in stored
            assert "javascript:" not in re.sub(r'alttext="[^"]*"|alt="[^"]*"|>[^<]*<', "", stored)


def test_mixed_hostile_markup_stays_harmless() -> None:
    """Pieces thrown together: cleaning is still idempotent, and what it gives harmless."""
    rng = random.Random(7)
    pieces = [
        *HOSTILE,
        *FORMULAS,
        "<p>",
        "</p>",
        "<math>",
        "</math>",
        '"',
        "'",
        ">",
        "<",
        "\\(",
        "\\)",
    ]
    for _ in range(400):
        source = "".join(rng.choice(pieces) for _ in range(rng.randint(2, 6)))
        stored = clean_block(from_source(source))
        assert is_harmless(stored), source
        assert clean_block(stored) == stored, source
        assert nh3.is_html(stored) or "<" not in stored


@pytest.mark.parametrize("alt", ["", "  "])
def test_an_image_must_be_described(alt: str) -> None:
    assert any(
        "mô tả" in one for one in problems(clean_block(f'<img data-file="{FILE}" alt="{alt}">'))
    )
    assert clean_block(f'<img alt="x" data-file="{FILE.upper()}">') == IMAGE.replace("Sơ đồ", "x")
    assert rich_text.files_in(clean_block(IMAGE * 2)) == [FILE, FILE]
