from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lantoa.project.messages import compile_all, packages, state, update


class Command(BaseCommand):
    help = "Bring every domain's English catalogue up to the source and compile it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("only", nargs="*", help="packages; all when none is named")
        parser.add_argument("--check", action="store_true", help="change nothing; fail if not true")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for package in packages():
            if options["only"] and package.name not in options["only"]:
                continue
            found = state(package) if options["check"] else update(package)
            for text in found.missing:
                self.stdout.write(f"{found.package}: no English for: {text}")
            if options["check"]:
                for text in found.obsolete:
                    self.stdout.write(f"{found.package}: not in the source any more: {text}")
                wrong += len(found.obsolete)
            wrong += len(found.missing)
        compile_all()
        if options["check"] and wrong:
            raise CommandError(f"{wrong} messages to mend: run `bin/lantoa messages`")
