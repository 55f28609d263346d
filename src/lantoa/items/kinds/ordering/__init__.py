"""Parts to be put in order: the steps of a procedure, say."""

from lantoa.items.kinds.ordering.kind import Ordering

KIND = Ordering()
