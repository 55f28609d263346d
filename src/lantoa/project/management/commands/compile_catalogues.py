from typing import Any

from django.core.management.base import BaseCommand

from lantoa.project.messages import compile_all


class Command(BaseCommand):
    help = "Write the compiled catalogues that the interface reads (part of set-up)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        compile_all()
