"""One word or number to fill in."""

from lantoa.items.kinds.blank.kind import Blank

KIND = Blank()
