from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lantoa.project.backups import BackupUnusable, make_backup
from lantoa.project.doctor import WRONG, examine
from lantoa.project.health import pending_migrations
from lantoa.project.preparation import is_empty


class Command(BaseCommand):
    help = "After new code is in place: back up, bring the database up to it, check."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-backup", action="store_true")
        parser.add_argument("--no-pull", action="store_true", help="the code is in place already")

    def handle(self, *args: Any, **options: Any) -> None:
        if is_empty():
            raise CommandError("Chưa có cơ sở dữ liệu. Lần đầu chạy: bin/lantoa serve")
        waiting = pending_migrations()
        if waiting and not options["no_backup"]:
            try:
                made = make_backup()
            except (BackupUnusable, OSError) as error:
                raise CommandError(f"Không sao lưu được nên không nâng cấp: {error}") from error
            self.stdout.write(f"Đã sao lưu: {made.path}")
        call_command("migrate", verbosity=0)
        self.stdout.write(f"Đã chạy {waiting} bước nâng cấp.")
        wrong = [found for found in examine() if found.level == WRONG]
        for found in wrong:
            self.stdout.write(f"HỎNG: {found.says} → {found.mend}")
        if wrong:
            raise CommandError(
                "Nâng cấp xong nhưng còn điều phải sửa; bin/lantoa doctor cho biết thêm."
            )
