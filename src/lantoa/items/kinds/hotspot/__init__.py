"""The right place on an image."""

from lantoa.items.kinds.hotspot.kind import Hotspot

KIND = Hotspot()
