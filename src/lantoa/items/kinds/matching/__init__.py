"""Each of the left with its own of the right; the right may hold more than is needed."""

from lantoa.items.kinds.matching.kind import Matching

KIND = Matching()
