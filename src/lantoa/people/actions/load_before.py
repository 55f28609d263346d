"""The tree as it stood before 01/07/2025: 63 provinces, districts, communes; for an installation
that goes through the reform itself, and for the cases of past years."""

from collections import Counter
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.people.actions.closure import BATCH, link_under_parents
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.load_units import catalogue_of
from lantoa.people.models import Unit
from lantoa.people.rules.catalogue import Catalogue
from lantoa.people.rules.units import UnitRefused, prefix_of, unit_keys

Kind = Unit.Kind


@transaction.atomic
def load_units_before(*, actor: User | None = None, path: Path | None = None) -> dict[str, int]:
    """How many of each were made. Raises CatalogueUnreadable, and UnitRefused when provinces are
    there already."""
    if Unit.objects.filter(kind=Kind.PROVINCE).exists():
        raise UnitRefused(
            _("Đã có các tỉnh: cây đơn vị trước 01/07/2025 chỉ nạp vào dữ liệu trống.")
        )
    catalogue = catalogue_of(path)
    country = Unit.objects.filter(code="VN", ended_on=None).first() or create_unit(
        actor=actor, code="VN", kind=Kind.COUNTRY, name="Việt Nam", parent=None
    )
    places = {former.place.rsplit(", ", 1)[-1] for former in catalogue.became}
    codes = {place.name: place.code for place in catalogue.provinces}
    provinces = _make(
        Kind.PROVINCE, [(name, codes.get(name, ""), country) for name in sorted(places)]
    )
    by_name = {unit.name: unit for unit in provinces}
    wanted = sorted({former.place for former in catalogue.became})
    districts = _make(
        Kind.DISTRICT,
        [(place.rsplit(", ", 1)[0], "", by_name[place.rsplit(", ", 1)[1]]) for place in wanted],
    )
    by_place = dict(zip(wanted, districts, strict=True))
    communes = _make(Kind.COMMUNE, _communes(catalogue, by_place))
    loaded = {
        "provinces": len(provinces), "districts": len(districts), "communes": len(communes)
    }  # fmt: skip
    record(actor=actor, action="people.load_units", on=country, data=loaded)
    return loaded


def _communes(catalogue: Catalogue, districts: dict[str, Unit]) -> list[tuple[str, str, Unit]]:
    """A code that the package gives to two is given to neither."""
    seen = Counter(former.code for former in catalogue.became)
    twice = {code for code, times in seen.items() if times > 1}
    return [
        (former.name, "" if former.code in twice else former.code, districts[former.place])
        for former in catalogue.became
    ]


def _make(kind: str, rows: list[tuple[str, str, Unit]]) -> list[Unit]:
    units = [
        Unit(
            code=code,
            kind=kind,
            prefix=prefix_of(name),
            name=name,
            parent=parent,
            **unit_keys(kind, name),
        )
        for name, code, parent in rows
    ]
    Unit.objects.bulk_create(units, batch_size=BATCH)
    link_under_parents(units)
    return units
