import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lantoa.people.actions.load_before import load_units_before
from lantoa.people.actions.load_units import load_units
from lantoa.people.rules.catalogue import CatalogueUnreadable
from lantoa.people.rules.units import UnitRefused


class Command(BaseCommand):
    help = "Load the provinces and communes; again after an update to add what is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, help="address.json; the installed package's else")
        parser.add_argument(
            "--before-reform", action="store_true", help="63 provinces, as before 01/07/2025"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["before_reform"]:
                self._say_before(load_units_before(path=options["path"]))
                return
            loaded = load_units(path=options["path"])
        except UnitRefused as refused:
            raise CommandError(str(refused)) from refused
        except CatalogueUnreadable as error:
            raise CommandError(f"Không đọc được danh mục đơn vị hành chính: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(loaded))
            return
        self.stdout.write(
            "Đã thêm {provinces} tỉnh, thành phố; {communes} xã, phường, đặc khu; {former} đơn vị "
            "cũ với {predecessors} liên kết; áp dụng {changes} thay đổi về sau.".format(**loaded)
        )

    def _say_before(self, loaded: dict[str, int]) -> None:
        self.stdout.write(
            "Đã nạp cây đơn vị trước 01/07/2025: {provinces} tỉnh, thành phố; {districts} quận, "
            "huyện; {communes} xã, phường, thị trấn.".format(**loaded)
        )
