"""A situation, and several questions about it."""

from lantoa.items.kinds.scenario.kind import Scenario

KIND = Scenario()
