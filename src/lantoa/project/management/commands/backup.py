from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lantoa.project.backups import BackupUnusable, check_backup, make_backup


class Command(BaseCommand):
    help = "Write a backup (database, uploaded files, key) and read it back. The site may run on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="a file; DATA/backups/… when not given")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_backup(options["to"])
            check_backup(made.path)
        except (BackupUnusable, OSError) as error:
            raise CommandError(f"Không sao lưu được: {error}") from error
        self.stdout.write(f"Đã sao lưu {made.files} tệp, {made.size // 1024} KB: {made.path}")
