from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lantoa.reports.actions import load_shapes
from lantoa.reports.rules.shapes import MAX_BYTES, ShapesRefused, read_shapes


class Command(BaseCommand):
    help = "Nạp hình các đơn vị (GeoJSON hoặc TopoJSON) để vẽ bản đồ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="nguồn của tệp, hiện dưới bản đồ")
        parser.add_argument("--property", default="", help="thuộc tính mang mã đơn vị")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"Không có tệp {path}.")
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(f"Tệp lớn quá {MAX_BYTES // 1024 // 1024} MB.")
        try:
            outlines = read_shapes(path.read_bytes(), code_key=options["property"])
        except ShapesRefused as refusal:
            raise CommandError(str(refusal)) from None
        result = load_shapes(outlines=outlines, source=options["source"] or path.name)
        if not result.loaded:
            raise CommandError(
                f"Không hình nào khớp mã đơn vị trong hệ thống ({len(result.unknown)} mã lạ, "
                f"ví dụ {', '.join(result.unknown[:5])}). Chưa nạp gì."
            )
        self.stdout.write(f"Đã nạp hình của {result.loaded} đơn vị.")
        if result.unknown:
            self.stdout.write(f"{len(result.unknown)} mã không có trong hệ thống:")
            for line in result.unknown:
                self.stdout.write(f"  {line}")
