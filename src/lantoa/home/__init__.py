"""What a person sees first, put together from what the domains below publish; and all that is known
about them, to take along (docs/home.md)."""
