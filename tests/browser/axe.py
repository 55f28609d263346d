"""Runs axe-core on the page that is open: every page a browser test visits must pass."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """() => axe.run(document, {runOnly: {type: 'tag', values:
  ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}})"""


@cache
def _source() -> str:
    return AXE.read_text()


def violations(page: Page) -> list[str]:
    """One line per finding: rule, what it asks for, where."""
    # Evaluated by the debugger, so that the page's content security policy stays as it is.
    page.evaluate(_source())
    found = page.evaluate(RUN)["violations"]
    return [
        f"{page.url} · {one['id']} · {one['help']} · {node['html'][:160]}"
        for one in found
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window: 0 when nobody must scroll sideways."""
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(wider))


def small_targets(page: Page) -> list[str]:
    """What a thumb would miss: controls lower than 44 px, outside running text."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll('a[href], button, select, textarea, summary,'
                + ' input:not([type=hidden]):not([type=checkbox]):not([type=radio])')]
              .filter((one) => {
                const box = one.getBoundingClientRect();
                const text = one.closest('p, li, dd, td, .lt-prose, .lt-crumbs, .ds-skip-link');
                return box.width > 0 && box.height > 0 && box.height < 43.5 && !text;
              })
              .map((one) => one.outerHTML.slice(0, 120))"""
        )
    )
