"""Statements to be called true or false, each for itself."""

from lantoa.items.kinds.true_false.kind import TrueFalse

KIND = TrueFalse()
