"""What the content security policy and the look forbid, searched in every domain's files."""

import json
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
ROOT = SOURCE.parents[1]

FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "event attribute": re.compile(r"<[a-z][^>{%]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>", re.IGNORECASE
    ),
    "evaluated htmx": re.compile(r"\bhx-(?:on|vals=['\"]js:|vars)", re.IGNORECASE),
}
RAW_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", re.IGNORECASE)


def broken_rules(text: str) -> list[str]:
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


def pages() -> list[Path]:
    return sorted(
        path
        for path in [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.svg")]
        if "tests" not in path.parts
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('<p style="color:red">', "inline style"),
        ("<style>p{}</style>", "style element"),
        ('<a onclick="go()">', "event attribute"),
        ('<a href="javascript:go()">', "script address"),
        ("<script>go()</script>", "inline script"),
        ('<b hx-on:click="go()">', "evaluated htmx"),
    ],
)
def test_the_search_finds_what_is_forbidden(text: str, rule: str) -> None:
    assert broken_rules(text) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="{% static \'web/page.js\' %}"></script>',
        '<script type="application/json" id="x">{}</script>',
        '<p data-style="x" class="lt-lede">',
        '<a href="?on=1">',
    ],
)
def test_the_search_leaves_the_rest_alone(text: str) -> None:
    assert broken_rules(text) == []


def test_there_are_pages_to_search() -> None:
    assert len(pages()) > 20


@pytest.mark.parametrize("path", pages(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_pages_obey_the_content_security_policy(path: Path) -> None:
    assert broken_rules(path.read_text()) == []


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.css")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_styles_take_their_colours_from_the_theme(path: Path) -> None:
    assert RAW_COLOUR.findall(path.read_text()) == []


def test_the_theme_was_made_from_its_configuration() -> None:
    theme = (ROOT / "assets" / "theme.css").read_text()
    chosen = json.loads((ROOT / "assets" / "designsystemet.config.json").read_text())
    colors = chosen["themes"]["lantoa"]["colors"]
    named = {**colors["main"], **colors["support"], "neutral": colors["neutral"]}
    for name, value in named.items():
        assert f"--ds-color-{name}-base-default: {value};".lower() in theme.lower()


def test_the_package_lock_names_no_host() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert "://" not in lock
    assert '"resolved"' not in lock
