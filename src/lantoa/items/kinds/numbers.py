"""Numbers as people type them: 1.234,5 and 1 234,5 as here, 1234.5 as on a calculator. Pure."""

import re
import unicodedata
from decimal import Decimal

LONGEST = 40
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_DECIMAL = re.compile(r"(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")
_BOTH = re.compile(r"([1-9][0-9]{0,2}(?:([.,])[0-9]{3})+)([.,])([0-9]*)")


def readings(text: str) -> set[Decimal]:
    """What a typed number may mean: none when it's no number, two values for "1.234", which is a
    thousand to some and a fraction to others."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").strip()
    plain = " ".join(plain.split())
    if len(plain) > LONGEST:
        return set()
    sign = -1 if plain[:1] == "-" else 1
    body = plain[1:].lstrip() if plain[:1] in ("-", "+") else plain
    whole, comma, rest = body.partition(",") if "," in body else body.partition(".")
    if _SPACED.fullmatch(whole) and " " not in rest:
        body = whole.replace(" ", "") + comma + rest
    return {sign * value for value in _unsigned(body)}


def _unsigned(body: str) -> set[Decimal]:
    found = set()
    if _DECIMAL.fullmatch(body):
        found.add(Decimal(body.replace(",", ".")))
    grouped = _GROUPED.fullmatch(body)
    # A single comma is a decimal comma here; a point, or commas that repeat, may group thousands.
    if grouped and (grouped[1] == "." or body.count(",") > 1):
        found.add(Decimal(re.sub("[.,]", "", body)))
    both = _BOTH.fullmatch(body)
    if both and both[2] != both[3]:
        found.add(Decimal(f"{re.sub('[.,]', '', both[1])}.{both[4] or 0}"))
    return found


def canonical(value: Decimal) -> str:
    """As it is stored: "3.5", never "3,50" or "3.5E+1"."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def stored(text: object) -> Decimal | None:
    """A stored decimal string as a number; None when it isn't one."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return None
    return Decimal(text) if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text) else None


def shown(text: str) -> str:
    """A stored decimal string as written here, with a comma."""
    return text.replace(".", ",")
