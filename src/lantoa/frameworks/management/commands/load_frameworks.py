from typing import Any

from django.core.management.base import BaseCommand

from lantoa.frameworks.actions import load_presets


class Command(BaseCommand):
    help = "Load the competence frameworks and syllabuses that come with Lan Tỏa; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        new = load_presets(actor=None)
        self.stdout.write(f"Loaded {len(new)}: {', '.join(f.code for f in new) or 'nothing new'}")
