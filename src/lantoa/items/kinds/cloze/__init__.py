"""A text with several gaps."""

from lantoa.items.kinds.cloze.kind import Cloze

KIND = Cloze()
