"""The sample video of a lesson: slides of its own words, drawn here, so that nothing is fetched
and no encoder of videos is needed. Silent; the words stand under the player too."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from lantoa.demo.webm import Frame, vp8_of, webm

WIDTH, HEIGHT = 960, 540
MARGIN = 72
SECONDS_PER_SLIDE = 6
# A keyframe this often, so that seeking lands near where the finger was.
SECONDS_PER_FRAME = 2
INK, SOFT, PAPER, BLUE, RED = "#15202b", "#4a5763", "#ffffff", "#0b4f8a", "#c8102e"
SUBSETS = ("latin", "vietnamese")

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Slide:
    heading: str
    lines: Sequence[str] = ()


def slides_webm(slides: Sequence[Slide], *, fonts: Path) -> bytes:
    """A WebM video of the slides, each for six seconds. `fonts`: the folder of Be Vietnam Pro's
    woff2 files, as the front-end build leaves them (`build/static/web/fonts`)."""
    frames: list[Frame] = []
    for number, slide in enumerate(slides):
        drawn = vp8_of(_webp(_draw(slide, number + 1, len(slides), fonts)))
        start = number * SECONDS_PER_SLIDE
        moments = range(start, start + SECONDS_PER_SLIDE, SECONDS_PER_FRAME)
        frames += [Frame(second * 1000, drawn) for second in moments]
    length = len(slides) * SECONDS_PER_SLIDE * 1000
    return webm(frames, width=WIDTH, height=HEIGHT, length=length)


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=70, method=2)
    return out.getvalue()


def _draw(slide: Slide, number: int, total: int, fonts: Path) -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    _mark(draw)
    top = 128.0 if slide.lines else 210.0
    top = _paragraph(draw, slide.heading, top, _fonts(fonts, 600, 40), BLUE) + 22
    for line in slide.lines:
        draw.ellipse((MARGIN, top + 14, MARGIN + 10, top + 24), fill=RED)
        top = _paragraph(draw, line, top, _fonts(fonts, 400, 27), INK, indent=30) + 12
    bar = WIDTH - 2 * MARGIN
    draw.rectangle((MARGIN, HEIGHT - 36, MARGIN + bar, HEIGHT - 30), fill="#dfe5ea")
    draw.rectangle((MARGIN, HEIGHT - 36, MARGIN + bar * number // total, HEIGHT - 30), fill=BLUE)
    _line(draw, (WIDTH - MARGIN - 36, 62), f"{number}/{total}", _fonts(fonts, 400, 20), SOFT)
    return picture


def _mark(draw: ImageDraw.ImageDraw) -> None:
    """The dot with its rings."""
    x, y = MARGIN + 24, 76
    draw.ellipse((x - 7, y - 7, x + 7, y + 7), fill=RED)
    for radius, shade in ((19, BLUE), (33, "#8fb0cf")):
        box = (x - radius, y - radius, x + radius, y + radius)
        draw.arc(box, 135, 225, fill=shade, width=5)
        draw.arc(box, -45, 45, fill=shade, width=5)


@lru_cache(maxsize=16)
def _fonts(folder: Path, weight: int, size: int) -> tuple[Font, ...]:
    """The font lies in two files, one of which has the Vietnamese letters; Latin first."""
    names = [f"be-vietnam-pro-{subset}-{weight}-normal.woff2" for subset in SUBSETS]
    return tuple(ImageFont.truetype(str(folder / name), size) for name in names)


def _font_of(letter: str, fonts: tuple[Font, ...]) -> Font:
    """As the browser chooses by unicode-range."""
    code = ord(letter)
    vietnamese = 0x0102 <= code <= 0x01B0 or 0x1EA0 <= code <= 0x1EF9 or code == 0x20AB
    return fonts[1] if vietnamese else fonts[0]


def _runs(text: str, fonts: tuple[Font, ...]) -> list[tuple[Font, str]]:
    runs: list[tuple[Font, str]] = []
    for letter in text:
        font = _font_of(letter, fonts)
        if runs and runs[-1][0] is font:
            runs[-1] = (font, runs[-1][1] + letter)
        else:
            runs.append((font, letter))
    return runs


def _line(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    fonts: tuple[Font, ...],
    colour: str,
) -> None:
    x, y = at
    baseline = y + fonts[0].getmetrics()[0]
    for font, run in _runs(text, fonts):
        draw.text((x, baseline), run, font=font, fill=colour, anchor="ls")
        x += font.getlength(run)


def _width(text: str, fonts: tuple[Font, ...]) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, fonts))


def _paragraph(
    draw: ImageDraw.ImageDraw,
    text: str,
    top: float,
    fonts: tuple[Font, ...],
    colour: str,
    indent: int = 0,
) -> float:
    """Draw text broken to the slide's width; where the next thing may stand."""
    lines, room = [""], WIDTH - 2 * MARGIN - indent
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, fonts) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    step = fonts[0].size * 1.4
    for number, line in enumerate(lines):
        _line(draw, (MARGIN + indent, top + number * step), line, fonts, colour)
    return top + len(lines) * step
