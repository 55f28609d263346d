"""Making the database where there is none: tables, administrative units, presets."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import import_string

from lantoa.audit.deliveries import drain

# What a new installation starts with, in this order; each may be run again.
UNITS = "lantoa.people.actions.load_units.load_units"
SEEDS = (UNITS, "lantoa.frameworks.actions.load_presets")


def is_empty() -> bool:
    return "django_migrations" not in connection.introspection.table_names()


def prepare_database(say: Callable[[str], object], *, units: bool = True) -> None:
    """Create the tables and load what every installation has. Quick when it is all there. Without
    `units`: a case of the past brings those of its time."""
    if not is_empty():
        return
    say("Tạo cơ sở dữ liệu …")
    call_command("migrate", verbosity=0)
    if units:
        say("Nạp danh mục đơn vị hành chính …")
    for seed in SEEDS:
        if units or seed != UNITS:
            import_string(seed)(actor=None)
    drain()
