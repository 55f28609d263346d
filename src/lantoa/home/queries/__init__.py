"""Reads of one's own, and what waits for somebody with a role."""
