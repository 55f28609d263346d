from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lantoa.accounts.setup import pending_setup_token
from lantoa.project.health import pending_migrations
from lantoa.project.serving import Address, serve


class Command(BaseCommand):
    help = "Serve the site (and run the worker) until stopped. The first start makes the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, help="processes; two a core when not given")
        parser.add_argument("--cert", type=Path, help="certificate chain, PEM")
        parser.add_argument("--key", type=Path, help="private key, PEM")
        parser.add_argument("--admin-email", help="make this the first administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        if waiting := pending_migrations():
            raise CommandError(
                f"Cơ sở dữ liệu cũ hơn chương trình ({waiting} bước). Chạy: bin/lantoa upgrade"
            )
        if bool(options["cert"]) != bool(options["key"]):
            raise CommandError("--cert và --key phải đi cùng nhau.")
        for path in (options["cert"], options["key"]):
            if path and not path.is_file():
                raise CommandError(f"Không thấy tệp {path}.")
        address = Address(options["host"], options["port"], options["cert"], options["key"])
        self.stdout.write(f"Lan Tỏa: {address.url}")
        if options["admin_email"]:
            call_command("create_admin", email=options["admin_email"], stdout=self.stdout)
        elif token := pending_setup_token():
            self.stdout.write(f"Lập quản trị đầu tiên: {address.url}accounts/setup?token={token}")
        serve(address, options["workers"])
