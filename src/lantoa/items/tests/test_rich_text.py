import pytest

from lantoa.items.rich_text import clean_block, from_source, plain, to_source


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Một dòng", "Một dòng"),
        ("Hai\ndòng", "Hai<br>dòng"),
        ("Đoạn một\n\nĐoạn hai\n", "<p>Đoạn một</p><p>Đoạn hai</p>"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
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
