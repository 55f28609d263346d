from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from lantoa.accounts.actions import issue_activation_codes
from lantoa.accounts.models import User
from lantoa.home.first_administrator import make_administrator
from lantoa.people.permissions import administrator_ids


class Command(BaseCommand):
    help = "Make an administrator and print the code that opens the account (/accounts/activate)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="Quản trị hệ thống")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"Địa chỉ thư không đúng: {email}") from error
        user = User.objects.filter(email=email).first()
        if user is not None and user.pk not in administrator_ids():
            raise CommandError(
                "Địa chỉ này đã thuộc về một tài khoản không phải quản trị. Giao vai trò ở trang"
                " của người đó, hoặc dùng địa chỉ khác."
            )
        if user is not None and user.activated_at is not None:
            self.stdout.write("Quản trị này đã có và đã kích hoạt.")
            return
        if user is None:
            user = make_administrator(display_name=options["name"], email=email, password=None)
        code = issue_activation_codes(users=[user], actor=None)[user.pk]
        self.stdout.write(f"Mã kích hoạt của quản trị (nhập ở /accounts/activate): {code}")
