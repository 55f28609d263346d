import importlib.util
import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

FOLDER = settings.ROOT / "bench"


class Command(BaseCommand):
    help = "Measure: `lantoa bench pages`. A benchmark prints figures and never judges them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = sorted(p.stem for p in FOLDER.glob("[a-z]*.py"))
        parser.add_argument("name", choices=names)
        parser.add_argument("--learners", type=int, default=25_000)
        parser.add_argument("--runs", type=int, default=40)
        parser.add_argument("--json", action="store_true", help="one object with the figures")

    def handle(self, *args: Any, **options: Any) -> None:
        path = FOLDER / f"{options['name']}.py"
        spec = importlib.util.spec_from_file_location(f"bench.{path.stem}", path)
        if spec is None or spec.loader is None:
            raise CommandError(f"Không đọc được {path.name}.")
        sys.path.insert(0, str(FOLDER.parent))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        figures: dict[str, Any] = module.measure(
            learners=options["learners"], runs=options["runs"], say=self.stderr.write
        )
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
        else:
            self.stdout.write(module.table(figures))
