"""Coordinators write rules for their units and decide petitions of their people; leaders read; each
person sees their own."""

from lantoa.plans.permissions import above, managed_units, readable_units

__all__ = ["above", "managed_units", "readable_units"]
