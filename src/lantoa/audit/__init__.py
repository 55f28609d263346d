"""Append-only events of who did what, and their deliveries to the domains above."""
