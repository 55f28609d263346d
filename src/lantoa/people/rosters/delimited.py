"""Text files with delimiters: in any encoding and with any delimiter that Excel here writes."""

import csv
import io
from collections.abc import Iterator

from lantoa.people.rosters import limits
from lantoa.people.rosters.refusals import RosterRefused

_DELIMITERS = ";,\t|"
_SNIFFED_LINES = 30


def read_delimited(
    data: bytes, longest: int = limits.MAX_CELL_CHARACTERS
) -> Iterator[list[str | None]]:
    """The rows of the file; every cell a text or None. Raises RosterRefused."""
    text = decode(data)
    first, _, rest = text.partition("\n")
    delimiter = ""
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # what Excel writes for itself
        delimiter, text = first.strip()[4], rest
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or sniff(text))
    try:
        for number, row in enumerate(reader, start=1):
            if number > limits.MAX_ROWS:
                raise RosterRefused("too_many_rows", limit=limits.MAX_ROWS)
            yield _cells(row, longest)
    except csv.Error as error:
        raise RosterRefused("damaged") from error


def _cells(row: list[str], longest: int) -> list[str | None]:
    while row and not row[-1].strip():
        row.pop()
    if len(row) > limits.MAX_COLUMNS:
        raise RosterRefused("too_many_columns", limit=limits.MAX_COLUMNS)
    return [cell[:longest] if cell.strip() else None for cell in row]


def decode(data: bytes) -> str:
    """The text, by its byte order mark, else UTF-8, UTF-16 by its zeros, else Windows-1258.

    TCVN3 and VNI files come out as Latin letters here; the cells are converted later.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, encoding)
    start = data[:2000]
    zeros = (start[0::2].count(0), start[1::2].count(0))
    if max(zeros) > len(start) // 8:
        return _decoded(data, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    if b"\x00" in data:
        raise RosterRefused("wrong_extension", extension=".csv")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _old_code_page(data)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RosterRefused("unknown_encoding") from error


def _old_code_page(data: bytes) -> str:
    """Windows-1258 writes Vietnamese with separate tone marks; without any it is a Latin page,
    in which TCVN3 and VNI files are kept."""
    try:
        vietnamese = data.decode("cp1258")
    except UnicodeDecodeError:
        vietnamese = ""
    if any(mark in vietnamese for mark in "\u0300\u0301\u0303\u0309\u0323"):
        latin = data.decode("latin-1")
        return vietnamese if _looks_vietnamese(vietnamese) else latin
    return data.decode("latin-1")


def _looks_vietnamese(text: str) -> bool:
    """Tone marks in Windows-1258 always follow a vowel; in a misread file they follow anything."""
    marks = "\u0300\u0301\u0303\u0309\u0323"
    vowels = frozenset("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY")
    places = [i for i, letter in enumerate(text) if letter in marks]
    good = sum(1 for i in places if i and text[i - 1] in vowels)
    return good >= 0.95 * len(places)


def sniff(text: str) -> str:
    """The delimiter: the one that cuts the most lines into the same number of cells."""
    sample = "\n".join(text.splitlines()[:_SNIFFED_LINES])
    return max(_DELIMITERS, key=lambda delimiter: _score(sample, delimiter))


def _score(sample: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in csv.reader(sample.splitlines(), delimiter=delimiter)]
    except csv.Error:
        return (0, 0)
    several = [width for width in widths if width > 1]
    if not several:
        return (0, 0)
    usual = max(set(several), key=lambda width: (several.count(width), width))
    return (several.count(usual), usual)
