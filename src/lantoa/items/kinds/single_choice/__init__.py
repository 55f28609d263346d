"""One right answer among two to six options; the kind to copy for a new one."""

from lantoa.items.kinds.single_choice.kind import SingleChoice

KIND = SingleChoice()
