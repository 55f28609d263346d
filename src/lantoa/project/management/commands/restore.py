from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lantoa.project.backups import BackupUnusable, restore_backup
from lantoa.project.preparation import is_empty


class Command(BaseCommand):
    help = "Put a backup in place. Stop the server first; what stood before is set aside."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="a database stands here already")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"Không thấy tệp {options['file']}.")
        if not is_empty() and not options["replace"]:
            raise CommandError(
                f"{settings.DATA} đã có dữ liệu. Thêm --replace để thay (bản cũ giữ lại bên cạnh)."
            )
        try:
            aside = restore_backup(options["file"])
        except BackupUnusable as error:
            raise CommandError(f"Không khôi phục, chưa có gì thay đổi: {error}") from error
        self.stdout.write(f"Đã khôi phục. Dữ liệu trước đó ở {aside}")
        self.stdout.write("Kiểm tra: bin/lantoa doctor")
