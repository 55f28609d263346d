from lantoa.people.actions.load_units import apply_unit_changes


def apply_changes_of_units() -> None:
    """Daily: communes become wards on the day their resolution names."""
    apply_unit_changes()
