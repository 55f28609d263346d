"""A text to read; the kind to copy for a new one."""

from lantoa.courses.kinds.text.kind import Text

KIND = Text()
