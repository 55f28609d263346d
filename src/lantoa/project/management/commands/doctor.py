import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lantoa.project.doctor import OK, WARNING, WRONG, examine

MARKS = {OK: "  ổn  ", WARNING: " lưu ý", WRONG: "  HỎNG"}


class Command(BaseCommand):
    help = "Check this installation and say how to mend what is wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(examine())
        if options["json"]:
            self.stdout.write(json.dumps([f.as_dict() for f in findings], ensure_ascii=False))
        else:
            for found in findings:
                self.stdout.write(f"{MARKS[found.level]}  {found.says}")
                if found.mend:
                    self.stdout.write(f"          → {found.mend}")
        wrong = sum(found.level == WRONG for found in findings)
        if wrong:
            raise CommandError(f"{wrong} điều phải sửa.")
