"""Reads of plans, each authorised by itself; what is out of reach raises Http404."""
