"""Somebody who has a keyboard and no mouse: goes from stop to stop, and sees where they are."""

import re

from playwright.sync_api import Page

# What has the focus, in the words a screen reader would say, and whether one can see that it has:
# a ring (outline or shadow) on itself or on the label that stands for it, not under anything else.
STOP = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const ring = (one) => {
    const style = getComputedStyle(one);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    return (outline && style.outlineColor !== "rgba(0, 0, 0, 0)") || style.boxShadow !== "none";
  };
  const labels = [...(here.labels || [])];
  const box = here.getBoundingClientRect();
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  const top = document.elementFromPoint(...middle);
  const own = (one) => one && (here.contains(one) || one.contains(here) ||
    labels.some((label) => label.contains(one)));
  const shown = (labels[0] || here).innerText || here.value || "";
  const words = here.getAttribute("aria-label") || shown;
  return {
    words: words.replace(/\\s+/g, " ").trim(),
    tag: here.tagName.toLowerCase(),
    type: here.type || "",
    ring: ring(here) || labels.some(ring) || here.classList.contains("ds-skip-link"),
    shown: box.width > 1 && box.height > 1 && own(top) === true,
    path: location.pathname,
  };
}"""
SPACE = {"checkbox", "radio"}
STOPS = 200  # more than any page has; going round further is a trap


class Keyboard:
    """Finds a thing by its words as the Tab key comes to it, and fails when it can't be seen there.
    `to` stops at a thing; `press` also presses it: Enter on links and buttons, Space on boxes;
    `go` waits for the page that comes of it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def here(self) -> dict[str, str | bool] | None:
        """The thing with the focus; asserts that one sees it."""
        stop: dict[str, str | bool] | None = self.page.evaluate(STOP)
        if stop is not None:
            assert stop["ring"], f"no ring: {stop}"
            assert stop["shown"], f"out of sight: {stop}"
        return stop

    def to(self, words: str, *, back: bool = False) -> None:
        for _ in range(STOPS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            stop = self.here()
            if stop is not None and re.search(words, str(stop["words"])):
                return
        raise AssertionError(f"the Tab key never comes to {words!r} on {self.page.url}")

    def press(self, words: str, *, back: bool = False) -> None:
        self.to(words, back=back)
        stop = self.here()
        assert stop is not None
        self.page.keyboard.press("Space" if stop["type"] in SPACE else "Enter")

    def go(self, words: str) -> None:
        self.to(words)
        self.enter()

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, words: str, text: str) -> None:
        """Into a field of this label, in the place of what stood there."""
        self.to(words)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
